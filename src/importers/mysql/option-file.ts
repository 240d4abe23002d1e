import type { Source, Spot } from '../../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from '../importer.ts'
import type { Including, Named } from '../including.ts'
import {
  beginning,
  fileIn,
  mainText,
  named,
  namesIncluded,
  noteNoSetting,
  textIncluded,
} from '../including.ts'
import type { Library } from '../library.ts'
import type { NotRead } from '../not-read.ts'
import type { Group } from './groups.ts'
import { groupOf } from './groups.ts'
import { switchNames } from './option-names.ts'

/** One option of a group that a server reads. */
export interface OptionLine {
  /** In small letters, with underscores, without the prefix of a variable. */
  readonly name: string
  /** As the file has it. */
  readonly written: string
  /** Absent: the option has no value, which means on. */
  readonly value?: string
  readonly nameSpot: Spot
  /** That of the name where there is no value. */
  readonly valueSpot: Spot
  /** `loose_`: a server that does not have it goes on without it. */
  readonly isLoose: boolean
  readonly group: Group
}

export interface Options {
  readonly lines: readonly OptionLine[]
  /** Groups that some server reads, in the order in which they come. */
  readonly groups: readonly Group[]
  readonly flaws: readonly ImportFlaw[]
  readonly notRead: readonly NotRead[]
  /** The file that the user named; empty where it could not be read. */
  readonly main: Source
}

interface Reading extends Including {
  readonly lines: OptionLine[]
  readonly groups: Group[]
}

/** Reads an option file with what it includes: mysys/my_default.cc of MySQL. Never throws. */
export function readOptions(path: string, library: Library): Options {
  const reading: Reading = { ...beginning(path, library), lines: [], groups: [] }
  const main = { file: path, text: mainText(reading) ?? '' }
  readLines(reading, main, 0)
  const { lines, groups, flaws, notRead } = reading
  return { lines, groups, flaws, notRead, main }
}

function readFile(reading: Reading, file: Named, depth: number): void {
  const text = textIncluded(reading, file, depth)
  if (text !== undefined) readLines(reading, { file: file.path, text }, depth)
}

function readLines(reading: Reading, source: Source, depth: number): void {
  let group: Heading | undefined
  for (let start = 0; start <= source.text.length; ) {
    const newline = source.text.indexOf('\n', start)
    const end = newline === -1 ? source.text.length : newline
    const raw = source.text.slice(start, end)
    const line = raw.trim()
    const spot = { source, offset: start + raw.length - raw.trimStart().length }
    group = readLine(reading, { line, spot, group }, depth)
    start = end + 1
  }
}

/** A heading in brackets: a group that some server reads, or any other. */
type Heading = Group | 'of-others'

interface Line {
  readonly line: string
  readonly spot: Spot
  /** Absent before the first of the file. */
  readonly group: Heading | undefined
}

/** Returns the group that the next line is in. */
function readLine(
  reading: Reading,
  { line, spot, group }: Line,
  depth: number,
): Heading | undefined {
  const heading = /^\[([^\]]*)\]/.exec(line)?.[1]
  if (heading !== undefined) return openedGroup(reading, heading, spot)
  if (line.startsWith('[')) return unclosedGroup(reading, line, spot)
  if (line.startsWith('!')) follow(reading, line, spot, depth)
  else if (!/^(?:[#;]|$)/.test(line)) {
    if (group === undefined) return refusedGroup(reading, spot)
    if (group !== 'of-others') reading.lines.push(optionLineOf(line, spot, group))
  }
  return group
}

function openedGroup(reading: Reading, heading: string, spot: Spot): Heading {
  const group = groupOf(heading, spot)
  if (group === undefined) return 'of-others'
  reading.groups.push(group)
  return group
}

/** "Wrong group definition in config file": search_default_file_with_ext() in mysys/my_default.cc. */
function unclosedGroup(reading: Reading, line: string, spot: Spot): Heading {
  const name = /^\[\s*([^\s#;]*)/.exec(line)?.[1] ?? ''
  noteNoSetting(reading, {
    message: `the bracket of group \`[${name}\` is not closed: the server refuses the file`,
    expected: `\`[${name || 'mysqld'}]\``,
    spot,
  })
  return openedGroup(reading, name, spot)
}

/**
 * The server does not start with such a file: search_default_file_with_ext() in mysys/my_default.cc.
 * Said once: it gives a group that no server reads.
 */
function refusedGroup({ flaws }: Reading, spot: Spot): Heading {
  flaws.push({
    message: 'an option before any group: the server refuses the file',
    expected: '`[mysqld]` above it',
    spot,
  })
  return 'of-others'
}

function follow(reading: Reading, line: string, spot: Spot, depth: number): void {
  const [, word, written] = /^!(include|includedir)\s+(.+)$/.exec(line) ?? []
  if (written === undefined) {
    const message = 'neither `!include` nor `!includedir`'
    reading.flaws.push({ message, expected: '`!include FILE` or `!includedir FOLDER`', spot })
    return
  }
  const by = { source: spot.source, offset: spot.offset + line.length - written.length }
  const target = named(reading, written, by)
  if (target === undefined) return
  if (word === 'include') {
    readFile(reading, target, depth + 1)
    return
  }
  const names = namesIncluded(reading, target).filter((one) => one.endsWith('.cnf'))
  for (const name of names.toSorted()) readFile(reading, fileIn(target, name), depth + 1)
}

/** An option as it is written, on a command line too: `innodb-buffer-pool-size=8G`. */
export function optionLineOf(line: string, spot: Spot, group: Group): OptionLine {
  const bare = withoutComment(line)
  const equals = bare.indexOf('=')
  const written = (equals === -1 ? bare : bare.slice(0, equals)).trim()
  const { name, isLoose, switched } = optionOf(written)
  const about = { name, written, nameSpot: spot, isLoose, group }
  const value = equals === -1 ? undefined : bare.slice(equals + 1)
  const decided =
    switched?.(value?.trim()) ?? (value === undefined ? undefined : unquoted(value.trim()))
  const valueAt = equals + 1 + ((value ?? '').length - (value ?? '').trimStart().length)
  const isThere = value !== undefined && value.trim() !== ''
  return {
    ...about,
    ...(decided === undefined ? {} : { value: decided }),
    valueSpot: isThere ? { source: spot.source, offset: spot.offset + valueAt } : spot,
  }
}

interface Option {
  readonly name: string
  readonly isLoose: boolean
  /** The value, from the text behind the equals sign: the prefix of the name decides. */
  readonly switched?: (written: string | undefined) => string
}

/** special_opt_prefix of mysys/my_getopt.cc: `skip-x=0` is on again. */
function optionOf(written: string): Option {
  const full = written.toLowerCase().replaceAll('-', '_')
  const loose = full.replace(/^(?:loose_)+/, '')
  const isLoose = loose !== full
  const [, word, name] = /^(skip|disable|enable)_(.+)$/.exec(loose) ?? []
  if (name === undefined || !switchNames.some((one) => one === name))
    return { name: loose, isLoose }
  const isOn = word === 'enable'
  return { name, isLoose, switched: (value) => ((value !== '0') === isOn ? 'on' : 'off') }
}

/** A number sign that no quotes hold begins a comment. */
function withoutComment(line: string): string {
  return /^(?:[^#'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|['"])*/.exec(line)?.[0].trim() ?? ''
}

function unquoted(value: string): string {
  const inner = /^(['"])(.*)\1$/.exec(value)?.[2]
  return inner ?? value
}
