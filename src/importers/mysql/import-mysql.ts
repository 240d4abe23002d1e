import type { LocatedFlaw, Spot } from '../../scenario/yaml-tree.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { excess } from '../excess.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Library } from '../library.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, decidedBy, given, noRemarks, ofOption, placeOf } from '../remarks.ts'
import { dedicatedPool, poolBytes } from './buffer-pool.ts'
import { chooseGroups, nothingRead } from './groups.ts'
import { readOptions } from './option-file.ts'
import type { NumberName, SwitchName } from './option-names.ts'
import { serversOf } from './servers.ts'
import type { Settings } from './settings.ts'
import { settingsOf } from './settings.ts'

/**
 * Makes a scenario of a my.cnf. The server is one process with a thread for each connection: its
 * threads share one set of page tables already, and the scenario says so.
 */
export function importMysql(path: string, library: Library, wishes: Wishes): Imported {
  const { lines, groups, flaws, main } = readOptions(path, library)
  const { isRead, remarks: ofGroups } = chooseGroups(groups, wishes.release)
  const {
    settings,
    flaws: wrong,
    remarks,
  } = settingsOf(
    lines.filter(({ group }) => isRead(group)),
    serversOf(wishes.release),
  )
  const all = [...flaws, ...wrong, ...excesses(settings, wishes)]
  if (all.length === 0 && !groups.some(isRead)) all.push(nothingRead(groups, wishes.release, main))
  if (all.length > 0) return { ok: false, flaws: all }
  return scenarioOf(path, settings, wishes, [...ofGroups, ...remarks])
}

/** What is too much to be told exactly. */
function excesses(settings: Settings, wishes: Wishes): readonly LocatedFlaw[] {
  const { own, each, connections } = memoryOf(settings, wishes)
  const pool = settings.lineOf('innodb_buffer_pool_size')?.valueSpot
  return [
    ...excess('the buffer pool', settings.numberOf('innodb_buffer_pool_size'), pool),
    ...excess('memory beside the buffer pool', own + each * connections, ownSpot(settings, wishes)),
  ]
}

const pool = 'buffer-pool'
const hugePage = 2 ** 21

function scenarioOf(
  path: string,
  settings: Settings,
  wishes: Wishes,
  sentences: readonly string[],
): Imported {
  const remarks = noRemarks()
  const large = settings.isOn('large_pages')
  const size = poolBytes(settings, wishes)
  const rounded = large ? Math.ceil(size / hugePage) * hugePage : size
  const region = {
    size: writeSize(bytes(rounded)),
    ...(large
      ? { backing: 'sysv-shm' as const, pageSize: '2 MiB', fallback: 'base-pages' as const }
      : { backing: 'anonymous' as const }),
  }
  remarkPool(settings, wishes, remarks)
  if (large) remark(remarks, settings, ['regions', pool, 'pageSize'], ['large_pages'])
  given(remarks, ['host', 'memory'], '--memory')
  if (wishes.swap !== undefined) given(remarks, ['host', 'swap'], '--swap')
  const scenario = {
    version: 1 as const,
    name: 'MySQL',
    host: { memory: wishes.memory, ...(wishes.swap === undefined ? {} : { swap: wishes.swap }) },
    regions: { [pool]: region },
    groups: { mysqld: groupOf(settings, wishes, remarks) },
    assumed: remarks.assumed,
  }
  remarkOrigins(settings, wishes, remarks)
  return {
    ok: true,
    scenario: { opening: openingOf(path, sentences), scenario, notes: remarks.notes },
    origins: remarks.origins,
  }
}

function openingOf(path: string, sentences: readonly string[]): readonly string[] {
  return [
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. What it does not say is listed under assumed.`,
    'MySQL is one process with a thread for each connection: all threads share one set of page',
    'tables, so there is nothing that sharing them between processes could save.',
    ...sentences,
    'Not counted: what the buffer pool keeps about its pages, 2 to 3 % more.',
  ]
}

function remarkOrigins(settings: Settings, wishes: Wishes, remarks: Remarks): void {
  const size = poolSpot(settings, wishes)
  const group = ['groups', 'mysqld']
  decidedBy(remarks, ['regions', pool], size)
  decidedBy(remarks, [...group, 'maps'], size)
  decidedBy(remarks, [...group, 'threads'], connectionsSpot(settings, wishes))
  decidedBy(remarks, [...group, 'private'], ownSpot(settings, wishes))
}

function remarkPool(settings: Settings, wishes: Wishes, remarks: Remarks): void {
  const path = ['regions', pool, 'size']
  const dedicated = dedicatedPool(settings, wishes)
  if (dedicated === undefined) remark(remarks, settings, path, ['innodb_buffer_pool_size'])
  else given(remarks, path, dedicated.reason)
}

function poolSpot(settings: Settings, wishes: Wishes): Spot | undefined {
  const isDedicated = dedicatedPool(settings, wishes) !== undefined
  const decisive = isDedicated ? 'innodb_dedicated_server' : 'innodb_buffer_pool_size'
  return settings.lineOf(decisive)?.valueSpot
}

function connectionsSpot({ lineOf }: Settings, { connections }: Wishes): Spot | undefined {
  return ofOption('--connections', connections) ?? lineOf('max_connections')?.valueSpot
}

/** The largest of what makes up the private memory, or how often it is there. */
function ownSpot(settings: Settings, wishes: Wishes): Spot | undefined {
  const [largest] = [...perServer, ...perThread]
    .filter((name) => settings.lineOf(name) !== undefined)
    .toSorted((a, b) => settings.numberOf(b) - settings.numberOf(a))
  const line = largest === undefined ? undefined : settings.lineOf(largest)
  return line?.valueSpot ?? connectionsSpot(settings, wishes)
}

/** Program, dictionary and performance schema: what an idle server of MySQL 8 has besides its buffers. */
const programBytes = 400 * 2 ** 20

const perServer = ['key_buffer_size', 'innodb_log_buffer_size'] as const
const perThread = [
  'sort_buffer_size',
  'join_buffer_size',
  'read_buffer_size',
  'read_rnd_buffer_size',
] as const

/** Bytes of the server, and of each connection. */
function memoryOf({ numberOf }: Settings, wishes: Wishes) {
  const sum = (names: readonly NumberName[]) =>
    names.reduce((total, name) => total + numberOf(name), 0)
  return {
    own: programBytes + sum(perServer),
    each: sum(perThread),
    connections: wishes.connections ?? numberOf('max_connections'),
  }
}

function groupOf(settings: Settings, wishes: Wishes, remarks: Remarks) {
  const { own, each, connections } = memoryOf(settings, wishes)
  const path = ['groups', 'mysqld']
  given(remarks, path, 'one process: a thread for each connection')
  if (wishes.connections !== undefined) given(remarks, [...path, 'threads'], '--connections')
  else remark(remarks, settings, [...path, 'threads'], ['max_connections'])
  assumed(
    remarks,
    [...path, 'private'],
    `${formatBytes(own)} of the program and buffers that all share, and ${formatBytes(each)} of sort, join and read buffers for each connection`,
  )
  if (wishes.touched !== undefined) given(remarks, [...path, 'maps', 0, 'touched'], '--touched')
  return {
    processes: 1,
    threads: connections,
    private: writeSize(bytes(own + each * connections)),
    maps: [{ region: pool, ...(wishes.touched === undefined ? {} : { touched: wishes.touched }) }],
  }
}

/** Given where an option file has it, assumed where none has. */
function remark(
  remarks: Remarks,
  settings: Settings,
  path: readonly string[],
  names: readonly (NumberName | SwitchName)[],
): void {
  const reasons = names.map((name) => {
    const line = settings.lineOf(name)
    if (line === undefined) return `${name}: the server's default`
    return `${name} = ${line.value ?? 'on'} (${placeOf(line.nameSpot)})`
  })
  decidedBy(remarks, path, ...names.map((name) => settings.lineOf(name)?.valueSpot))
  const isGiven = names.every((name) => settings.lineOf(name) !== undefined)
  if (isGiven) given(remarks, path, reasons.join(', '))
  else assumed(remarks, path, reasons.join(', '))
}
