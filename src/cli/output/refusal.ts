import { printable } from '../../units/printable.ts'
import type { Refusal, RefusalReason } from '../machine/world.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'

/** Bytes of the largest scenario that is read. */
export const largestScenario: number = 4 * 1024 * 1024

/** Bytes of the largest file of saved results that is read. */
export const largestSaved: number = 64 * 1024 * 1024

/** What was expected where something else was found. */
type Expected = 'scenario' | 'configuration' | 'log'

const words: Readonly<Record<Exclude<RefusalReason, 'too-large'>, string>> = {
  missing: 'no such file or directory',
  denied: 'permission denied',
  special: 'not a regular file; to read a pipe, write - and use standard input',
  folder: 'is a directory',
  'no-folder': 'its directory is missing',
  'folder-denied':
    'permission denied for its directory, where the new file is made before it replaces this one',
  'not-a-folder': 'not a directory',
  'no-root':
    'it is neither a directory nor a regular file; archives on pipes and devices are not read',
  'proc-itself':
    'it is a copy of /proc itself; name the directory above it, in which it must be called proc',
  'several-machines': 'it holds more than one machine; name one of them',
  'no-archive': 'it is neither a directory nor a tar archive (plain, gzip or xz)',
  packed:
    'it is compressed in a form that is not read; unpack it with tar xf, and name the directory',
  'packed-file':
    'it is compressed in a form that is not read; unpack it, and name the unpacked file or - for a pipe',
  archive: 'it is an archive; unpack it, and name a file of it',
  damaged: 'its compressed contents are damaged or cut off',
  failed: 'the system refused',
}

/** What the system calls failures that a full or protected disk causes. */
const systemWords: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EFBIG', 'the file would be larger than permitted'],
  ['EROFS', 'the file system is read-only'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'too many symbolic links'],
  ['EIO', 'input/output error'],
])

/** A refusal in words: `cannot read web.yaml: permission denied`. */
export function refusalText(
  doing: 'read' | 'write',
  refusal: Refusal,
  expected: Expected = 'scenario',
): string {
  const why =
    doing === 'write' && refusal.reason === 'special'
      ? 'not a regular file; redirect standard output to it instead of -o'
      : refusalWords(refusal, expected)
  return `cannot ${doing} ${shownPath(refusal.path)}: ${why}`
}

/** Why not, in words: `permission denied`. */
export function refusalWords({ path, reason, detail }: Refusal, expected: Expected): string {
  if (reason === 'too-large') {
    return `larger than ${expected === 'log' ? '512' : '4'} MiB, too large for a ${expected}`
  }
  if (reason === 'missing' && path.includes('\ufffd')) {
    return `${words.missing}; a name that is not UTF-8 cannot be read`
  }
  if (detail === undefined) return words[reason]
  const why = (reason === 'failed' ? systemWords.get(detail) : undefined) ?? words[reason]
  return `${why} (${detail})`
}

/** A file that is too large is no scenario, so the input is invalid; any other file was not read or written. */
export function statusOfRefusal(refusal: Refusal): Status {
  return refusal.reason === 'too-large' ? status.invalid : status.notDone
}

/** A path as people are shown it. */
export function shownPath(path: string): string {
  if (path === '') return "''"
  return path === '-' ? 'standard input' : printable(path)
}
