import type { Source, Spot } from '../../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from '../importer.ts'
import type { Including } from '../including.ts'
import { beginning, mainText, named, textIncluded } from '../including.ts'
import type { Library } from '../library.ts'
import type { NotRead } from '../not-read.ts'

/** One parameter as a file sets it. */
export interface ParameterEntry {
  /** In small letters, without the instance. */
  readonly name: string
  /** The instance it is for, or `family:` and some of a cluster; absent: all. */
  readonly instance?: string
  readonly values: readonly string[]
  /** Where its name begins, instance and all. */
  readonly spot: Spot
  /** Where each of the values begins. */
  readonly valueSpots: readonly Spot[]
}

export interface Parameters {
  readonly entries: readonly ParameterEntry[]
  readonly flaws: readonly ImportFlaw[]
  readonly notRead: readonly NotRead[]
  /** The file that the user named; empty where it could not be read. */
  readonly main: Source
}

interface Reading extends Including {
  readonly entries: ParameterEntry[]
}

/**
 * Reads an initialization parameter file and those it names with IFILE: Oracle Database Reference,
 * "Initialization Parameter Files". Never throws.
 */
export function readParameters(path: string, library: Library): Parameters {
  const reading: Reading = { ...beginning(path, library), entries: [] }
  const main = { file: path, text: mainText(reading) ?? '' }
  readSource(reading, main, 0)
  const { entries, flaws, notRead } = reading
  return { entries, flaws, notRead, main }
}

function readSource(reading: Reading, source: Source, depth: number): void {
  if (source.text.includes('\0')) reading.flaws.push({ ...binary, spot: { source, offset: 0 } })
  else readText(reading, source, depth)
}

const binary = {
  message: 'this is not text: a server parameter file, perhaps',
  expected: 'an initialization parameter file',
  suggestion: "make one with CREATE PFILE='/tmp/init.ora' FROM SPFILE",
}

function readText(reading: Reading, source: Source, depth: number): void {
  for (const entry of entriesOf(source)) {
    if (entry.name === 'ifile') follow(reading, entry, depth)
    else reading.entries.push(entry)
  }
}

function follow(reading: Reading, { values, valueSpots }: ParameterEntry, depth: number): void {
  const [written, by] = [values[0], valueSpots[0]]
  if (written === undefined || by === undefined) return
  const target = named(reading, written, by)
  const text = target === undefined ? undefined : textIncluded(reading, target, depth + 1)
  if (target !== undefined && text !== undefined) {
    readSource(reading, { file: target.path, text }, depth + 1)
  }
}

/** A word or a quoted text; an equals sign; all else separates. */
const token = /#[^\n]*|=|"([^"\n]*)"|'([^'\n]*)'|(?:\\[^\n]|[^\s=(),#"'\\])+/g
/** An instance of ASM begins with a plus sign; since 12.2 it may be a family of instances. */
const instanceAndName = /^(?:([*]|(?:family:)?[+]?[\w$#-]+)[.])?(\w+)$/i

interface Token {
  readonly text: string
  readonly isEquals: boolean
  readonly offset: number
}

/** A word before an equals sign is a name; the words up to the next name are its values. */
function entriesOf(source: Source): readonly ParameterEntry[] {
  const tokens = tokensOf(source.text)
  const entries: ParameterEntry[] = []
  let values: string[] = []
  let valueSpots: Spot[] = []
  tokens.forEach((one, index) => {
    if (one.isEquals) return
    const spot = { source, offset: one.offset }
    const match = tokens[index + 1]?.isEquals ? instanceAndName.exec(one.text) : null
    if (match === null) {
      values.push(one.text)
      valueSpots.push(spot)
      return
    }
    const [, instance, name = ''] = match
    values = []
    valueSpots = []
    entries.push({
      name: name.toLowerCase(),
      ...(instance === undefined || instance === '*' ? {} : { instance }),
      values,
      spot,
      valueSpots,
    })
  })
  return entries
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(token)]
    .filter(([all]) => !all.startsWith('#'))
    .map((match) => ({
      text: match[1] ?? match[2] ?? match[0].replace(/\\(.)/g, '$1'),
      isEquals: match[0] === '=',
      offset: match.index,
    }))
}
