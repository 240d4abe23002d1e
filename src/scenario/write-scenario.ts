import type { CollectionTag, ScalarTag, Tags } from 'yaml'
import { Document, isMap, isScalar, isSeq } from 'yaml'
import { escapeUnprintable, printable } from '../units/printable.ts'
import type { AnnotatedScenario, Note } from './annotated-scenario.ts'
import { schemaAddress } from './schema/schema-address.ts'
import { doubleQuoted } from './yaml/double-quoted.ts'

/**
 * YAML that `readScenario` reads back as the same scenario. Its first line tells editors where the
 * schema is. Names and notes may be any text: names
 * are quoted where they must be, and what a terminal would obey or hide is written as an escape.
 * @throws RangeError if a note is about a path that the scenario does not have.
 */
export function writeScenario(annotated: AnnotatedScenario): string {
  const document = new Document(annotated.complete(), writing)
  const header = annotated.headerComment
  const blank = header.length > 0 ? [''] : []
  document.commentBefore = [schemaLine, ...blank, ...header].map(commentOf).join('\n')
  for (const { path, text } of annotated.notes) annotate(document, path, commentOf(text))
  for (const { path, text } of annotated.offers) offer(document, path, commentOf(text))
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** Read by the YAML language server of editors. */
const schemaLine = `yaml-language-server: $schema=${schemaAddress}`

function annotate(document: Document, path: Note['path'], comment: string): void {
  const value = document.getIn(path, true)
  if (isScalar(value)) {
    value.comment = comment
    return
  }
  if (!isMap(value) && !isSeq(value)) throw new RangeError(`no value at ${path.join('.')}`)
  const before = value.commentBefore
  value.commentBefore = before ? `${before}\n${comment}` : comment
}

function offer(document: Document, path: Note['path'], line: string): void {
  const value = document.getIn(path, true)
  if (!isMap(value)) throw new RangeError(`no mapping at ${path.join('.')}`)
  value.comment = value.comment ? `${value.comment}\n${line}` : line
}

/** One line, set off from the sign that opens a comment. */
function commentOf(text: string): string {
  return ` ${printable(text.replace(/[ \t\r\n]+/g, ' ').trim())}`
}

const writing = {
  version: '1.2',
  aliasDuplicateObjects: false,
  customTags: (tags: Tags): Tags =>
    tags.map((tag) => (typeof tag === 'object' && isTextTag(tag) ? carefully(tag) : tag)),
} as const

function isTextTag(tag: ScalarTag | CollectionTag): tag is ScalarTag {
  return tag.tag === 'tag:yaml.org,2002:str'
}

function carefully(tag: ScalarTag): ScalarTag {
  const { stringify } = tag
  if (stringify === undefined) throw new RangeError('the library has no way to write text')
  return {
    ...tag,
    stringify: (item, ...context) => {
      const written = String(item.value)
      return mustBeQuoted(written) ? doubleQuoted(written) : stringify(item, ...context)
    },
  }
}

/** The library leaves `<<` plain, which merges, and of what is not printable it escapes C0 only. */
function mustBeQuoted(written: string): boolean {
  return written === '<<' || escapeUnprintable(written, () => '') !== written
}
