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
}

/** Reads an option file with what it includes: mysys/my_default.cc of MySQL. Never throws. */
export function readOptions(path: string, library: Library): Options {
  const reading: Reading = { library, lines: [], flaws: [], files: 0 }
  readFile(reading, path, 0)
  return { lines: reading.lines, flaws: reading.flaws }
}

function readFile(reading: Reading, path: string, depth: number, by?: Spot): void {
  const text = textIncluded(reading, path, depth, by)
  if (text !== undefined) readLines(reading, { file: path, text }, depth)
}

function readLines(reading: Reading, source: Source, depth: number): void {
  let group = ''
  for (let start = 0; start <= source.text.length; ) {
    const newline = source.text.indexOf('\n', start)
    const end = newline === -1 ? source.text.length : newline
    const raw = source.text.slice(start, end)
    const line = raw.trim()
    const spot = { source, offset: start + raw.length - raw.trimStart().length }
    const heading = /^\[([^\]]*)\]/.exec(line)?.[1]
    if (heading !== undefined) group = heading.trim().toLowerCase()
    else if (line.startsWith('!')) follow(reading, line, spot, depth)
    else if (serverGroup.test(group)) readOption(reading, line, spot)
    start = end + 1
  }
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
  if (line === '' || line.startsWith('#') || line.startsWith(';')) return
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
