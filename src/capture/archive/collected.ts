import type { FolderTree, Sink, TreeRefusal } from '../files/tree.ts'
import type { ReadSpace } from '../machine/folder-spaces.ts'
import type { ArchiveContents } from './archive-contents.ts'
import { textNames, textsOf } from './archive-contents.ts'
import { readCollectedNotes } from './collected-notes.ts'
import { collectedPages } from './collected-pages.ts'

/** What the script of `collect` found, as the machine itself would answer. */
export interface CollectedMachine {
  readonly tree: FolderTree
  readonly readSpace: ReadSpace
}

/** Paths of what the script puts down besides copies of files. */
export const collectedList = 'mshare-plan/collected'
export const touchedFolder = 'mshare-plan/touched'

/** The machine that an archive was collected of; `undefined` of any other archive. */
export function collectedMachine(contents: ArchiveContents): CollectedMachine | undefined {
  const notes = readCollectedNotes(contents.collected(collectedList))
  if (notes === undefined) return undefined
  const files = contents.files()
  const refused = (path: string): TreeRefusal => ({
    ok: false,
    path,
    reason: notes.refused.get(path) ?? 'missing',
  })
  const texts = (path: string): string | undefined => {
    const [, pid, name = ''] = /^proc\/(\d+)\/(\w+)$/.exec(path) ?? []
    const key = textNames.get(name)
    const entries = contents.processes.get(Number(pid))
    return key === undefined || entries === undefined ? files.get(path) : textsOf(entries)[key]
  }
  const pages = collectedPages((pid) => contents.collected(`${touchedFolder}/${pid}`), notes.frames)
  const tree: FolderTree = {
    kind: 'folder',
    live: true,
    chosen: notes.chosen,
    list: (folder) =>
      folder === 'proc'
        ? [...new Set([...contents.processes.keys(), ...notes.gone])].map(String)
        : namesBelow(folder, files.keys()),
    stream: (path, sink) => {
      const text = texts(path)
      return text === undefined ? refused(path) : fed(sink, text)
    },
    link: (path) => notes.namespaces.get(path) ?? texts(path) ?? refused(path),
    stored: (path) => notes.stored.get(path) ?? refused(path),
    readAt: (path, position, target) =>
      pages(Number(path.split('/')[1]), position, target) ?? refused(path),
  }
  const readSpace: ReadSpace = (pid, file) =>
    contents.processes.get(pid)?.[file]?.outcome() ?? refused(`proc/${pid}/${file}`)
  return { tree, readSpace }
}

const encoder = new TextEncoder()

function fed(sink: Sink, text: string): undefined {
  if (text !== '') sink.take(encoder.encode(text))
  sink.end()
  return undefined
}

function namesBelow(folder: string, paths: Iterable<string>): readonly string[] {
  const names = [...paths]
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1).split('/', 1)[0] ?? '')
  return [...new Set(names)]
}
