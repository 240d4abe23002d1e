import type { FolderTree } from '../files/tree.ts'
import { isRefused } from '../files/tree.ts'
import { readText } from '../machine/text-sink.ts'
import type { Worth } from './file-names.ts'
import { isWorthReading, printedFolders } from './file-names.ts'

/** A text with the outputs of commands, by the name of its file. */
export interface PrintedText {
  readonly name: string
  readonly text: string
}

/** The texts of a machine, and the paths of those that could not be read. */
export interface PrintedTexts {
  readonly texts: readonly PrintedText[]
  readonly refusals: readonly string[]
}

/** A million processes have 150 MB of command lines. */
export const largestPrinted: number = 256 * 1024 * 1024
/** Of a file whose name says nothing: notes of a person. */
export const largestNotes: number = 16 * 1024 * 1024
/** More of them are not notes of one machine. */
const mostNotes = 100

/** Reads the outputs of commands in a folder: by the names that reports and people give them. */
export function gatherPrinted(tree: FolderTree): PrintedTexts {
  const texts: PrintedText[] = []
  const refusals: string[] = []
  for (const { path, worth } of pathsIn(tree)) {
    const text = readText(tree, path, worth === 'named' ? largestPrinted : largestNotes)
    if (!isRefused(text)) texts.push({ name: path, text })
    else if (worth === 'named' && isNews(text.reason)) refusals.push(path)
  }
  return { texts, refusals }
}

/** Folders and links with such names are usual. */
function isNews(reason: string): boolean {
  return reason === 'failed' || reason === 'denied'
}

interface Candidate {
  readonly path: string
  readonly worth: Worth
}

function pathsIn(tree: FolderTree): readonly Candidate[] {
  const found = ['', 'proc', ...printedFolders].flatMap((folder): readonly Candidate[] => {
    const names = tree.list(folder)
    if (isRefused(names)) return []
    const before = folder === '' ? '' : `${folder}/`
    return names.toSorted().flatMap((name) => {
      const worth = isWorthReading(`${before}${name}`)
      return worth === undefined ? [] : [{ path: `${before}${name}`, worth }]
    })
  })
  const notes = found.filter(({ worth }) => worth === 'perhaps').slice(0, mostNotes)
  return [...found.filter(({ worth }) => worth === 'named'), ...notes]
}
