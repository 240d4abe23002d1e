import type { Source, Spot } from '../../scenario/yaml-tree.ts'
import type { ImportFlaw } from '../imported.ts'
import type { Including } from '../including.ts'
import { textIncluded } from '../including.ts'
import type { Library } from '../library.ts'
import { folderOf, pathFrom } from '../library.ts'

/** One option of a group that the server reads. */
export interface OptionLine {
  /** In small letters, with underscores. */
  readonly name: string
  /** Absent: the option stands alone, which means on. */
  readonly value?: string
  readonly spot: Spot
}

export interface Options {
  readonly lines: readonly OptionLine[]
  readonly flaws: readonly ImportFlaw[]
}

/** Groups that a server reads: load_default_groups of mysqld.cc, and those of MariaDB. */
const serverGroup = /^(mysqld|server|mariadb|mariadbd)(-\d[\d.]*)?$/

interface Reading extends Including {
  readonly lines: OptionLine[]
  /** A group that the server reads has come. */
  isServers: boolean
}

/**
 * Reads an option file with what it includes: mysys/my_default.cc of MySQL. Never throws. A file
 * that has nothing for the server is most likely of something else: that is a flaw.
 */
export function readOptions(path: string, library: Library): Options {
  const reading: Reading = { library, lines: [], flaws: [], files: 0, isServers: false }
  const text = readFile(reading, path, 0)
  const { lines, flaws, isServers } = reading
  if (text !== undefined && !isServers && flaws.length === 0) {
    flaws.push({
      message: 'there is no group that the server reads',
      expected: '`[mysqld]`, `[server]` or `[mariadb]`',
      spot: { source: { file: path, text }, offset: 0 },
    })
  }
  return { lines, flaws }
}

function readFile(reading: Reading, path: string, depth: number, by?: Spot): string | undefined {
  const text = textIncluded(reading, path, depth, by)
  if (text !== undefined) readLines(reading, { file: path, text }, depth)
  return text
}

function readLines(reading: Reading, source: Source, depth: number): void {
  let group: string | undefined
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

interface Line {
  readonly line: string
  readonly spot: Spot
  /** Absent before the first of the file. */
  readonly group: string | undefined
}

/** Returns the group that the next line is in. */
function readLine(
  reading: Reading,
  { line, spot, group }: Line,
  depth: number,
): string | undefined {
  const heading = /^\[([^\]]*)\]/.exec(line)?.[1]
  if (heading !== undefined) return openedGroup(reading, heading)
  if (line.startsWith('!')) follow(reading, line, spot, depth)
  else if (!/^(?:[#;]|$)/.test(line)) {
    if (group === undefined) return refusedGroup(reading, spot)
    if (serverGroup.test(group)) readOption(reading, line, spot)
  }
  return group
}

function openedGroup(reading: Reading, heading: string): string {
  const group = heading.trim().toLowerCase()
  if (serverGroup.test(group)) reading.isServers = true
  return group
}

/**
 * The server does not start with such a file: search_default_file_with_ext() in mysys/my_default.cc.
 * Said once: it gives a group that no server reads.
 */
function refusedGroup({ flaws }: Reading, spot: Spot): string {
  flaws.push({
    message: 'an option before any group: the server refuses the file',
    expected: '`[mysqld]` above it',
    spot,
  })
  return ''
}

function follow(reading: Reading, line: string, spot: Spot, depth: number): void {
  const [, word, written] = /^!(include|includedir)\s+(.+)$/.exec(line) ?? []
  const here = spot.source.file
  if (written === undefined) {
    const message = 'neither `!include` nor `!includedir`'
    reading.flaws.push({ message, expected: '`!include FILE` or `!includedir FOLDER`', spot })
    return
  }
  const target = pathFrom(folderOf(here), written)
  if (word === 'include') {
    readFile(reading, target, depth + 1, spot)
    return
  }
  const listing = reading.library.list(target)
  if (!listing.ok) {
    reading.flaws.push({ message: `cannot read ${target}: ${listing.why}`, spot, unread: true })
    return
  }
  const prefix = target.endsWith('/') ? target : `${target}/`
  for (const name of listing.names.filter((one) => one.endsWith('.cnf')).toSorted()) {
    readFile(reading, prefix + name, depth + 1, spot)
  }
}

function readOption(reading: Reading, line: string, spot: Spot): void {
  const bare = withoutComment(line)
  const equals = bare.indexOf('=')
  const written = (equals === -1 ? bare : bare.slice(0, equals)).trim().toLowerCase()
  const name = written.replaceAll('-', '_').replace(/^loose_/, '')
  if (equals === -1) {
    reading.lines.push({ name, spot })
    return
  }
  reading.lines.push({ name, value: unquoted(bare.slice(equals + 1).trim()), spot })
}

/** A number sign that no quotes hold begins a comment. */
function withoutComment(line: string): string {
  return /^(?:[^#'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|['"])*/.exec(line)?.[0].trim() ?? ''
}

function unquoted(value: string): string {
  const inner = /^(['"])(.*)\1$/.exec(value)?.[2]
  return inner ?? value
}
