import type { Unread } from '../../importers/library.ts'
import type { ServerFiles } from '../../importers/server-files.ts'
import { serverFiles } from '../../importers/server-files.ts'
import { unpackedFile } from '../machine/packed-file.ts'
import { readInput } from '../machine/read-input.ts'
import type { Reading, Refusal, World } from '../machine/world.ts'
import { refusalWords } from '../output/refusal.ts'

/** Configurations are small; what is larger is something else. */
export const largestFile: number = 4 * 1024 * 1024
/** Logs of the kernel are larger; what is larger still cannot be a text of JavaScript. */
export const largestLog: number = 512 * 1024 * 1024 - 64

/**
 * The files that a configuration may name.
 * @param main the path of the configuration.
 * @param text what it says.
 * @param root the folder that is the root directory of its server, where the user says.
 */
export function importFiles(
  world: World,
  main: string,
  text: string,
  root: string | undefined,
): ServerFiles {
  const machine = {
    identify: world.realPath,
    read: (path: string) => {
      if (path === main) return { ok: true, text } as const
      const reading = world.readFile(path, largestFile)
      return reading.ok ? ({ ok: true, text: decode(reading.content) } as const) : unread(reading)
    },
    list: (folder: string) => {
      const listing = world.listNames(folder)
      if (!listing.ok) return unread(listing)
      const prefix = folder.endsWith('/') ? folder : `${folder}/`
      const isFile = (name: string) => world.kindOf(prefix + name) !== 'folder'
      return { ok: true, names: listing.names.filter(isFile) } as const
    },
  }
  return serverFiles(machine, main, root)
}

function unread(refusal: Refusal): Unread {
  const why = refusalWords(refusal, 'configuration')
  return { ok: false, missing: refusal.reason === 'missing', why }
}

/** Comments may be in any encoding; what counts is ASCII. PowerShell redirects in UTF-16. */
export function decode(content: Uint8Array): string {
  const [first, second] = content
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding).decode(content)
}

/** The file that is imported, or standard input: unpacked, where it is packed. */
export async function readImported(
  path: string,
  world: Pick<World, 'openInput' | 'readFile'>,
): Promise<Reading> {
  const reading =
    path === '-' ? await readInput(world, largestLog) : world.readFile(path, largestLog)
  return unpackedFile(path, reading, largestLog)
}
