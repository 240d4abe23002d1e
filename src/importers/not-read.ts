import type { LocatedFlaw, Spot } from '../scenario/yaml/yaml-tree.ts'
import { bothEnds } from '../units/both-ends.ts'
import type { Imported } from './importer.ts'
import { placeText } from './place.ts'

/** A file or folder that a configuration names, and that was not looked at. */
export interface NotRead {
  /** Its path on the server. */
  readonly written: string
  readonly by: Spot
  /** The copy that does not have it; absent: no copy is known. */
  readonly copy?: string
  /** It is named relative to a file of a copy, which may be the only one that was copied. */
  readonly isLone?: true
}

/** Adds to the header comment what was not read, and says it at once: a file is not always looked at. */
export function withNotRead(imported: Imported, notRead: readonly NotRead[]): Imported {
  const sentences = sentencesOn(notRead)
  if (imported.ok && sentences.length > 0) imported.annotated.remark(asOneRemark(sentences))
  return withRemarks(imported, sentences)
}

function asOneRemark(sentences: readonly string[]): string {
  const text = sentences.join(' ').replace(/[.]$/, '')
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** Adds sentences to the header comment. */
export function withRemarks(imported: Imported, remarks: readonly string[]): Imported {
  if (!imported.ok) return imported
  const { annotated } = imported
  annotated.headerComment = [...annotated.headerComment, ...remarks]
  return imported
}

function sentencesOn(notRead: readonly NotRead[]): readonly string[] {
  const copies = [...new Set(notRead.flatMap(({ copy }) => copy ?? []))]
  const unknown = notRead.filter(({ copy }) => copy === undefined)
  const sentences = [
    ...copies.map((copy) => {
      const missing = notRead.filter((one) => one.copy === copy)
      return `Not read, because they are missing from ${copy}: ${listOf(missing)}.`
    }),
    ...(unknown.length === 0
      ? []
      : [
          `Not read, because they are on the server: ${listOf(unknown)}.`,
          '--root DIR names the folder that holds a copy of its files; --root / is this machine.',
        ]),
  ]
  return sentences.length === 0
    ? []
    : [...sentences, 'Settings in files that were not read are missing here.']
}

/** A flaw that may come of what was not read. */
export function perhapsNotRead(flaw: LocatedFlaw, notRead: readonly NotRead[]): LocatedFlaw {
  const [first] = notRead
  if (first === undefined) return flaw
  const suggestion = `${bothEnds(first.written)} was not read: --root DIR names the folder that holds a copy of the server's files`
  return { ...flaw, suggestion }
}

/** A longer list is of no use. */
const mostListed = 20

function listOf(notRead: readonly NotRead[]): string {
  const texts = new Set(
    notRead.map(({ written, by }) => `${bothEnds(written)} (${bothEnds(placeText(by))})`),
  )
  const rest = texts.size - mostListed
  const listed = [...texts].slice(0, mostListed).join(', ')
  return rest > 0 ? `${listed} and ${rest} more` : listed
}
