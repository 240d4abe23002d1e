import type { Spot } from '../../../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from '../../importer.ts'
import type { Including, Named } from '../../including.ts'
import {
  beginning,
  fileIn,
  mainText,
  named,
  namesIncluded,
  noteNoSetting,
  textIncluded,
} from '../../including.ts'
import type { Library } from '../../library.ts'
import type { NotRead } from '../../not-read.ts'
import type { GucLine } from './guc-file.ts'
import { parseGucFile } from './guc-file.ts'

/** What a configuration file says together with all that it includes, in the order that counts. */
export interface Configuration {
  readonly lines: readonly GucLine[]
  readonly flaws: readonly ImportFlaw[]
  readonly notRead: readonly NotRead[]
}

interface Reading extends Including {
  readonly lines: GucLine[]
}

/**
 * Reads a configuration file as ParseConfigFile() of src/backend/utils/misc/guc-file.l does:
 * included files count where they are included, and their paths start from the folder of the file
 * that names them.
 */
export function readConfiguration(path: string, library: Library): Configuration {
  const reading: Reading = { ...beginning(path, library), lines: [] }
  readText(reading, path, mainText(reading), 0)
  return reading
}

/**
 * What ALTER SYSTEM wrote, which need not be there.
 * @param folder the data directory as the configuration names it: `data/`; or nothing.
 * @param by where it does, or else the configuration as such.
 */
export function readAltered(folder: string, by: Spot, library: Library): Configuration {
  const reading: Reading = { ...beginning(by.source.file, library), lines: [] }
  const file = named(reading, `${folder}postgresql.auto.conf`, by, true)
  if (file !== undefined && file.path !== reading.main) include(reading, file, 1)
  // A lone file most often has none next to it, and names none.
  return { ...reading, notRead: reading.notRead.filter(({ isLone }) => isLone !== true) }
}

function readText(reading: Reading, path: string, text: string | undefined, depth: number): void {
  if (text === undefined) return
  const { lines, flaws } = parseGucFile({ file: path, text })
  for (const flaw of flaws) noteNoSetting(reading, flaw)
  for (const line of lines) {
    if (!follow(reading, line, depth)) reading.lines.push(line)
  }
}

function include(reading: Reading, file: Named, depth: number): void {
  readText(reading, file.path, textIncluded(reading, file, depth), depth)
}

/** Does what an include line says; false for any other line. */
function follow(reading: Reading, line: GucLine, depth: number): boolean {
  const name = line.name.toLowerCase()
  if (!/^include(_if_exists|_dir)?$/.test(name)) return false
  if (line.value.trim() === '') {
    const message = `\`${line.name}\` has no path`
    reading.flaws.push({ message, expected: 'a path in quotes', spot: line.valueSpot })
    return true
  }
  const target = named(reading, line.value, line.valueSpot, name === 'include_if_exists')
  if (target === undefined) return true
  if (name === 'include_dir') includeFolder(reading, target, depth)
  else include(reading, target, depth + 1)
  return true
}

/** Files whose names end in .conf and do not begin with a dot, in the order of their bytes. */
function includeFolder(reading: Reading, folder: Named, depth: number): void {
  const names = namesIncluded(reading, folder).filter((name) => /^[^.].*[.]conf$/.test(name))
  for (const name of names.toSorted(byBytes)) include(reading, fileIn(folder, name), depth + 1)
}

/** strcmp() of UTF-8, which is the order of code points. */
function byBytes(left: string, right: string): number {
  const [a, b] = [[...left], [...right]]
  const at = a.findIndex((character, index) => character !== b[index])
  if (at === -1) return a.length - b.length
  return (a[at]?.codePointAt(0) ?? -1) - (b[at]?.codePointAt(0) ?? -1)
}
