import { Document, isMap, isScalar, isSeq } from 'yaml'
import type { ScenarioText } from './scenario-text.ts'

/** A scenario to be written, with a word on where its values come from. */
export interface AnnotatedScenario {
  /** Comment lines that open the file. */
  readonly opening: readonly string[]
  readonly scenario: ScenarioText
  readonly notes: readonly Note[]
}

/** A comment behind a value, or above what it opens where that is a mapping or a list. */
export interface Note {
  readonly path: readonly (string | number)[]
  readonly text: string
}

/**
 * YAML that `readScenario` reads back as the same scenario. Names and notes may be any text: names
 * are quoted where they must be, control characters of a note become spaces.
 * @throws RangeError where a note stands at a path that the scenario does not have.
 */
export function writeScenario({ opening, scenario, notes }: AnnotatedScenario): string {
  const document = new Document(scenario, { version: '1.2', aliasDuplicateObjects: false })
  if (opening.length > 0) document.commentBefore = opening.map(commentOf).join('\n')
  for (const { path, text } of notes) annotate(document, path, commentOf(text))
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function annotate(document: Document, path: Note['path'], comment: string): void {
  const value = document.getIn(path, true)
  if (isScalar(value)) {
    value.comment = comment
    return
  }
  if (!isMap(value) && !isSeq(value)) throw new RangeError(`nothing stands at ${path.join('.')}`)
  const before = value.commentBefore
  value.commentBefore = before ? `${before}\n${comment}` : comment
}

/** One line, set off from the sign that opens a comment. */
function commentOf(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not stand in a line.
  return ` ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\s]+/g, ' ').trim()}`
}
