import type { FileReading, FolderReading, Found, Library } from './library.ts'
import { folderOf } from './library.ts'
import { isBelow, rootOf } from './server-root.ts'

/** The machine that files are read on. */
export interface Machine {
  readonly read: (path: string) => FileReading
  /** Names of the files in a folder, without its folders. */
  readonly list: (folder: string) => FolderReading
  /** The real path, or the absolute one if no such file exists. */
  readonly identify: (path: string) => string
}

/** The files of a server, some of which may be copied to the machine. */
export interface ServerFiles extends Library {
  /** The configuration is a link that leads out of the copy it lies in: this folder. */
  readonly leftBy?: string
}

/**
 * The library of a server whose configuration lies on some machine. Paths from the root are those of
 * the server: they are looked for below the root of the copy and never on the machine itself, unless
 * the configuration lies where its server has it, or the user says so. Nothing outside is read,
 * whichever links lead there.
 * @param main as the user names it; `-` lies in no folder.
 * @param given the folder that is the root of the server, if the user names it.
 */
export function serverFiles(machine: Machine, main: string, given?: string): ServerFiles {
  const root = given === undefined ? guessedRoot(machine, main) : givenRoot(machine, given)
  const folders = [
    ...(root === undefined ? [] : [root.real]),
    ...(main === '-' ? [] : [parentOf(machine, main)]),
  ]
  const guard = <Answer>(path: string, ask: (path: string) => Answer) => {
    if (path === main) return ask(path)
    const real = machine.identify(path)
    return folders.some((folder) => isBelow(real, folder)) ? ask(path) : outside(root, main)
  }
  const isLeft =
    root !== undefined && given === undefined && !isBelow(machine.identify(main), root.real)
  return {
    read: (path) => guard(path, machine.read),
    list: (folder) => guard(folder, machine.list),
    find: (written, folder) => placeOf(root, written, main === '-' ? undefined : folder, main),
    ...(isLeft ? { leftBy: root.real } : {}),
  }
}

/** The folder that is the root of the server. */
interface Root {
  /** Prefix of a path without its first slash. */
  readonly prefix: string
  readonly real: string
}

function givenRoot(machine: Machine, given: string): Root {
  return { prefix: given.endsWith('/') ? given : `${given}/`, real: machine.identify(given) }
}

/** By the folder that the configuration lies in, or else by the file that it is a link to. */
function guessedRoot(machine: Machine, main: string): Root | undefined {
  if (main === '-') return undefined
  const place = `${parentOf(machine, main).replace(/\/$/, '')}/${main.slice(folderOf(main).length)}`
  const path = rootOf(place) === undefined ? machine.identify(main) : place
  const root = rootOf(path)
  if (root === undefined) return undefined
  const below = path.slice(root.length + 1)
  const isTyped = main === below || main.endsWith(`/${below}`)
  const prefix = isTyped ? main.slice(0, main.length - below.length) : `${root}/`
  return { prefix, real: root === '' ? '/' : root }
}

function parentOf(machine: Machine, path: string): string {
  return machine.identify(folderOf(path) || '.')
}

function placeOf(
  root: Root | undefined,
  written: string,
  folder: string | undefined,
  main: string,
): Found {
  if (!written.startsWith('/')) {
    if (folder === undefined) return 'elsewhere'
    const path = `${folder}${written}`
    if (root === undefined) return { path, copy: folderOf(main) || '.', isLone: true }
    return root.real === '/' ? { path } : { path, copy: root.real, isLone: true }
  }
  if (root === undefined) return 'elsewhere'
  const path = `${root.prefix}${written.replace(/^\/+/, '')}`
  return root.real === '/' ? { path } : { path, copy: root.real }
}

function outside(root: Root | undefined, main: string) {
  const folder = root === undefined ? `the folder of ${main}` : root.real
  return {
    ok: false,
    missing: false,
    why: `it leads out of ${folder}; allow a higher folder with --root DIR`,
  } as const
}
