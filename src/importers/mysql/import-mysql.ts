import type { LocatedFlaw } from '../../scenario/yaml-tree.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Library } from '../library.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, given, noRemarks, placeOf } from '../remarks.ts'
import { readSuffixedSize } from '../suffixed-size.ts'
import type { OptionLine } from './option-file.ts'
import { readOptions } from './option-file.ts'

/** Numbers that matter and the server's defaults, MySQL 8.0. */
const usual = {
  innodb_buffer_pool_size: 128 * 2 ** 20,
  innodb_buffer_pool_chunk_size: 128 * 2 ** 20,
  innodb_buffer_pool_instances: 0,
  max_connections: 151,
  key_buffer_size: 8 * 2 ** 20,
  innodb_log_buffer_size: 16 * 2 ** 20,
  sort_buffer_size: 256 * 1024,
  join_buffer_size: 256 * 1024,
  read_buffer_size: 128 * 1024,
  read_rnd_buffer_size: 256 * 1024,
}

type NumberName = keyof typeof usual

interface Settings {
  readonly numberOf: (name: NumberName) => number
  readonly isOn: (name: string) => boolean
  readonly lineOf: (name: string) => OptionLine | undefined
}

/**
 * Makes a scenario of a my.cnf. The server is one process with a thread for each connection: its
 * threads share one set of page tables already, and the scenario says so.
 */
export function importMysql(path: string, library: Library, wishes: Wishes): Imported {
  const { lines, flaws } = readOptions(path, library)
  const { settings, flaws: wrong } = settingsOf(lines)
  const all = [...flaws, ...wrong]
  if (all.length > 0) return { ok: false, flaws: all }
  return { ok: true, scenario: scenarioOf(path, settings, wishes) }
}

/** Of several lines for an option the last counts. */
function settingsOf(lines: readonly OptionLine[]) {
  const deciding = new Map(lines.map((line) => [line.name, line]))
  const flaws: LocatedFlaw[] = []
  for (const name of Object.keys(usual)) {
    const line = deciding.get(name)
    if (line === undefined || readSuffixedSize(line.value ?? '') !== undefined) continue
    flaws.push({
      message: `\`${line.value ?? ''}\` is no number for \`${name}\``,
      expected: 'a whole number, with K, M, G or T where it is a size: 16G',
      spot: line.spot,
    })
  }
  const settings: Settings = {
    numberOf: (name) => readSuffixedSize(deciding.get(name)?.value ?? '') ?? usual[name],
    isOn: (name) => isOn(deciding.get(name)) && !deciding.has(`skip_${name}`),
    lineOf: (name) => deciding.get(name),
  }
  return { settings, flaws }
}

function isOn(line: OptionLine | undefined): boolean {
  return line !== undefined && /^(on|true|1)$/i.test(line.value ?? '1')
}

const pool = 'buffer-pool'
const hugePage = 2 ** 21

function scenarioOf(path: string, settings: Settings, wishes: Wishes) {
  const remarks = noRemarks()
  const large = settings.isOn('large_pages')
  const size = poolBytes(settings)
  const rounded = large ? Math.ceil(size / hugePage) * hugePage : size
  const region = {
    size: writeSize(bytes(rounded)),
    ...(large
      ? { backing: 'sysv-shm' as const, pageSize: '2 MiB', fallback: 'base-pages' as const }
      : { backing: 'anonymous' as const }),
  }
  remark(remarks, settings, ['regions', pool, 'size'], ['innodb_buffer_pool_size'])
  if (large) remark(remarks, settings, ['regions', pool, 'pageSize'], ['large_pages'])
  given(remarks, ['host', 'memory'], '--memory')
  if (wishes.swap !== undefined) given(remarks, ['host', 'swap'], '--swap')
  return {
    opening: [
      `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. What it does not say is listed under assumed.`,
      'MySQL is one process with a thread for each connection: all threads share one set of page',
      'tables, so there is nothing that sharing them between processes could save.',
      'Not counted: what the buffer pool keeps about its pages, 2 to 3 % more.',
    ],
    scenario: {
      version: 1 as const,
      name: 'MySQL',
      host: { memory: wishes.memory, ...(wishes.swap === undefined ? {} : { swap: wishes.swap }) },
      regions: { [pool]: region },
      groups: { mysqld: groupOf(settings, wishes, remarks) },
      assumed: remarks.assumed,
    },
    notes: remarks.notes,
  }
}

/**
 * Rounded up to a multiple of chunk size · instances; a chunk is at most an instance's part of the
 * pool. Below 1 GiB there is one instance: MySQL 8.0 Reference Manual, "Configuring InnoDB Buffer
 * Pool Size".
 */
export function roundedPool(size: number, chunk: number, instances: number): number {
  const count = size < 2 ** 30 ? 1 : instances || 8
  const unit = Math.min(chunk, Math.floor(size / count)) * count
  return unit === 0 ? size : Math.ceil(size / unit) * unit
}

function poolBytes({ numberOf }: Settings): number {
  const pageBytes = 4096
  const rounded = roundedPool(
    numberOf('innodb_buffer_pool_size'),
    numberOf('innodb_buffer_pool_chunk_size'),
    numberOf('innodb_buffer_pool_instances'),
  )
  return Math.ceil(rounded / pageBytes) * pageBytes
}

/** Program, dictionary and performance schema: what an idle server of MySQL 8 has besides its buffers. */
const programBytes = 400 * 2 ** 20

function groupOf(settings: Settings, wishes: Wishes, remarks: Remarks) {
  const { numberOf } = settings
  const connections = wishes.connections ?? numberOf('max_connections')
  const perThread =
    numberOf('sort_buffer_size') +
    numberOf('join_buffer_size') +
    numberOf('read_buffer_size') +
    numberOf('read_rnd_buffer_size')
  const own = programBytes + numberOf('key_buffer_size') + numberOf('innodb_log_buffer_size')
  const path = ['groups', 'mysqld']
  given(remarks, path, 'one process: a thread for each connection')
  if (wishes.connections !== undefined) given(remarks, [...path, 'threads'], '--connections')
  else remark(remarks, settings, [...path, 'threads'], ['max_connections'])
  assumed(
    remarks,
    [...path, 'private'],
    `${formatBytes(own)} of the program and buffers that all share, and ${formatBytes(perThread)} of sort, join and read buffers for each connection`,
  )
  if (wishes.touched !== undefined) given(remarks, [...path, 'maps', 0, 'touched'], '--touched')
  return {
    processes: 1,
    threads: connections,
    private: writeSize(bytes(own + perThread * connections)),
    maps: [{ region: pool, ...(wishes.touched === undefined ? {} : { touched: wishes.touched }) }],
  }
}

/** Given where an option file has it, assumed where none has. */
function remark(
  remarks: Remarks,
  settings: Settings,
  path: readonly string[],
  names: readonly string[],
): void {
  const reasons = names.map((name) => {
    const line = settings.lineOf(name)
    if (line === undefined) return `${name}: the server's default`
    return `${name} = ${line.value ?? 'on'} (${placeOf(line.spot)})`
  })
  const isGiven = names.every((name) => settings.lineOf(name) !== undefined)
  if (isGiven) given(remarks, path, reasons.join(', '))
  else assumed(remarks, path, reasons.join(', '))
}
