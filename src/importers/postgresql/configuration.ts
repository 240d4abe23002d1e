import type { Spot } from '../../scenario/yaml-tree.ts'
import type { ImportFlaw } from '../imported.ts'
import { isTooFar } from '../including.ts'
import type { Library, Unread } from '../library.ts'
import { folderOf, pathFrom } from '../library.ts'
import type { GucLine } from './guc-file.ts'
import { parseGucFile } from './guc-file.ts'

/** What a configuration file says together with all that it includes, in the order that counts. */
export interface Configuration {
  readonly lines: readonly GucLine[]
  readonly flaws: readonly ImportFlaw[]
}

interface Reading {
  readonly library: Library
  readonly lines: GucLine[]
  readonly flaws: ImportFlaw[]
  files: number
}

/** A file to be read, and who asked for it. */
interface Inclusion {
  readonly path: string
  readonly depth: number
  /** Absent: the user. */
  readonly by?: Spot
  readonly mayBeMissing: boolean
}

/**
 * Reads a configuration file as ParseConfigFile() of src/backend/utils/misc/guc-file.l does:
 * included files stand where they are included, their paths seen from the folder of the file that
 * names them.
 * @param mayBeMissing then a file that is not there says nothing.
 */
export function readConfiguration(
  path: string,
  library: Library,
  mayBeMissing = false,
): Configuration {
  const reading: Reading = { library, lines: [], flaws: [], files: 0 }
  include(reading, { path, depth: 0, mayBeMissing })
  return { lines: reading.lines, flaws: reading.flaws }
}

function include(reading: Reading, inclusion: Inclusion): void {
  const { path, depth, by, mayBeMissing } = inclusion
  reading.files += 1
  if (by !== undefined && isTooFar(reading, path, depth, by)) return
  const file = reading.library.read(path)
  if (!file.ok) {
    if (!(mayBeMissing && file.missing)) reading.flaws.push(unread(path, file, by))
    return
  }
  const { lines, flaws } = parseGucFile({ file: path, text: file.text })
  reading.flaws.push(...flaws)
  for (const line of lines) {
    if (!follow(reading, line, path, depth)) reading.lines.push(line)
  }
}

/** Does what an include line says; false where the line is none. */
function follow(reading: Reading, line: GucLine, path: string, depth: number): boolean {
  const name = line.name.toLowerCase()
  if (!/^include(_if_exists|_dir)?$/.test(name)) return false
  if (line.value.trim() === '') {
    const message = `\`${line.name}\` names nothing`
    reading.flaws.push({ message, expected: 'a path in quotes', spot: line.valueSpot })
    return true
  }
  const target = pathFrom(folderOf(path), line.value)
  if (name === 'include_dir') includeFolder(reading, target, line, depth)
  else {
    const mayBeMissing = name === 'include_if_exists'
    include(reading, { path: target, depth: depth + 1, by: line.valueSpot, mayBeMissing })
  }
  return true
}

/** Files whose names end in .conf and do not begin with a dot, in the order of their bytes. */
function includeFolder(reading: Reading, folder: string, line: GucLine, depth: number): void {
  const listing = reading.library.list(folder)
  if (!listing.ok) {
    reading.flaws.push(unread(folder, listing, line.valueSpot, 'directory'))
    return
  }
  const names = listing.names.filter((name) => /^[^.].*[.]conf$/.test(name)).toSorted(byBytes)
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  for (const name of names) {
    const by = line.valueSpot
    include(reading, { path: prefix + name, depth: depth + 1, by, mayBeMissing: false })
  }
}

/** strcmp() of UTF-8, which is the order of code points. */
function byBytes(left: string, right: string): number {
  const [a, b] = [[...left], [...right]]
  const at = a.findIndex((character, index) => character !== b[index])
  if (at === -1) return a.length - b.length
  return (a[at]?.codePointAt(0) ?? -1) - (b[at]?.codePointAt(0) ?? -1)
}

function unread(
  path: string,
  { why }: Unread,
  by: Spot | undefined,
  expected: 'file' | 'directory' = 'file',
): ImportFlaw {
  return {
    message: `cannot read ${path}: ${why}`,
    ...(by === undefined ? {} : { expected: `a ${expected} that can be read` }),
    spot: by ?? { source: { file: path, text: '' }, offset: 0 },
    unread: true,
  }
}
