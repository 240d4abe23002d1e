import type { LocatedFlaw, Spot } from '../../scenario/yaml-tree.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { excess } from '../excess.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Library } from '../library.ts'
import { perhapsNotRead, withNotRead } from '../not-read.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, decidedBy, given, noRemarks, ofOption, placeOf } from '../remarks.ts'
import type { Pool } from './buffer-pool.ts'
import { dedicatedPool, poolOf } from './buffer-pool.ts'
import { chooseGroups, nothingRead } from './groups.ts'
import { largePagesOf, mostBeyond, onLargePages, remarksOnMost } from './large-pages.ts'
import { readOptions } from './option-file.ts'
import type { NumberName, SwitchName } from './option-names.ts'
import { numberNames } from './option-names.ts'
import { ownMemoryOf, perServer, perThread } from './own-memory.ts'
import { hasPagesAbout, ignoredByPool, tooSmall } from './pool-rule.ts'
import { serversOf } from './servers.ts'
import type { Settings } from './settings.ts'
import { settingsOf } from './settings.ts'

/**
 * Makes a scenario of a my.cnf. The server is one process with a thread for each connection: its
 * threads share one set of page tables already, and the scenario says so.
 */
export function importMysql(path: string, library: Library, wishes: Wishes): Imported {
  const { lines, groups, flaws, notRead, main } = readOptions(path, library)
  const { isRead, remarks: ofGroups } = chooseGroups(groups, wishes.release)
  const {
    settings,
    flaws: wrong,
    remarks,
  } = settingsOf(
    lines.filter(({ group }) => isRead(group)),
    serversOf(wishes.release),
  )
  const all = [...flaws, ...wrong, ...tooSmall(settings), ...excesses(settings, wishes)]
  if (all.length === 0 && !groups.some(isRead)) {
    all.push(perhapsNotRead(nothingRead(groups, wishes.release, main), notRead))
  }
  if (all.length > 0) return { ok: false, flaws: all }
  const sentences = [
    ...ofGroups,
    ...remarks,
    ...ignoredByPool(settings),
    ...remarksOnMost(settings),
  ]
  return withNotRead(scenarioOf(path, settings, wishes, sentences), notRead)
}

/** What is too much to be told exactly. */
function excesses(settings: Settings, wishes: Wishes): readonly LocatedFlaw[] {
  const { own, each, connections } = ownMemoryOf(settings, wishes)
  const pool = settings.lineOf('innodb_buffer_pool_size')?.valueSpot
  const most = mostBeyond(settings, poolOf(settings, wishes))?.valueSpot
  return [
    ...excess('the buffer pool', settings.numberOf('innodb_buffer_pool_size'), pool),
    ...excess('the buffer pool', settings.numberOf('innodb_buffer_pool_size_max'), most),
    ...excess('memory beside the buffer pool', own + each * connections, ownSpot(settings, wishes)),
  ]
}

const pool = 'buffer-pool'

function scenarioOf(
  path: string,
  settings: Settings,
  wishes: Wishes,
  sentences: readonly string[],
): Imported {
  const remarks = noRemarks()
  const large = settings.isOn('large_pages')
  const made = poolOf(settings, wishes)
  const whole = large ? onLargePages(settings, made) : made
  const region = {
    size: writeSize(bytes(whole.bytes)),
    ...(large
      ? {
          backing: largePagesOf(settings.servers).backing,
          pageSize: '2 MiB',
          fallback: 'base-pages' as const,
        }
      : { backing: 'anonymous' as const }),
  }
  remarkPool(settings, wishes, whole, remarks)
  if (large) remarkLargePages(settings, remarks)
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
    scenario: { opening: openingOf(path, settings, sentences), scenario, notes: remarks.notes },
    origins: remarks.origins,
  }
}

function openingOf(
  path: string,
  { servers }: Settings,
  sentences: readonly string[],
): readonly string[] {
  return [
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. What it does not say is listed under assumed.`,
    'MySQL is one process with a thread for each connection: all threads share one set of page',
    'tables, so there is nothing that sharing them between processes could save.',
    ...(servers.release === undefined
      ? ['No --release says which server it is: sizes and defaults are those of MySQL 8.0.']
      : []),
    ...sentences,
    ...(hasPagesAbout(servers)
      ? ['Not counted: what the buffer pool keeps about its pages, 2 to 3 % more.']
      : []),
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

function remarkPool(
  settings: Settings,
  wishes: Wishes,
  { rounding, guess }: Pool,
  remarks: Remarks,
): void {
  const path = ['regions', pool, 'size']
  const dedicated = dedicatedPool(settings, wishes)
  const behind = [rounding, guess]
    .flatMap((text) => (text === undefined ? [] : [`, ${text}`]))
    .join('')
  const text = `${dedicated?.reason ?? said(settings, 'innodb_buffer_pool_size')}${behind}`
  const isGiven =
    dedicated !== undefined || settings.lineOf('innodb_buffer_pool_size') !== undefined
  if (dedicated === undefined) decidedBy(remarks, path, poolSpot(settings, wishes))
  if (isGiven && guess === undefined) given(remarks, path, text)
  else assumed(remarks, path, text)
}

function remarkLargePages(settings: Settings, remarks: Remarks): void {
  const { call, guess } = largePagesOf(settings.servers)
  if (guess === undefined) given(remarks, ['regions', pool, 'backing'], call)
  else assumed(remarks, ['regions', pool, 'backing'], guess)
  remark(remarks, settings, ['regions', pool, 'pageSize'], ['large_pages'])
}

function poolSpot(settings: Settings, wishes: Wishes): Spot | undefined {
  const most = mostBeyond(settings, poolOf(settings, wishes))
  if (most !== undefined) return most.valueSpot
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

function groupOf(settings: Settings, wishes: Wishes, remarks: Remarks) {
  const { own, each, connections, reason } = ownMemoryOf(settings, wishes)
  const path = ['groups', 'mysqld']
  given(remarks, path, 'one process: a thread for each connection')
  if (wishes.connections !== undefined) given(remarks, [...path, 'threads'], '--connections')
  else remark(remarks, settings, [...path, 'threads'], ['max_connections'])
  assumed(remarks, [...path, 'private'], reason)
  const touched = touchedOf(settings, wishes)
  if (touched !== undefined) given(remarks, [...path, 'maps', 0, 'touched'], touched.text)
  return {
    processes: 1,
    threads: connections,
    private: writeSize(bytes(own + each * connections)),
    maps: [{ region: pool, ...(touched === undefined ? {} : { touched: touched.value }) }],
  }
}

/**
 * Of huge pages beyond the pool the server has no use: SET GLOBAL innodb_buffer_pool_size is refused with
 * large_pages (MDEV-29445).
 */
function touchedOf(settings: Settings, wishes: Wishes) {
  if (wishes.touched !== undefined) return { value: wishes.touched, text: '--touched' }
  const made = poolOf(settings, wishes)
  return mostBeyond(settings, made) === undefined
    ? undefined
    : {
        value: { first: writeSize(bytes(made.bytes)) },
        text: 'the pool, which cannot grow on huge pages',
      }
}

/** Given where an option file has it, assumed where none has. */
function remark(
  remarks: Remarks,
  settings: Settings,
  path: readonly string[],
  names: readonly (NumberName | SwitchName)[],
): void {
  const reasons = names.map((name) => said(settings, name))
  decidedBy(remarks, path, ...names.map((name) => settings.lineOf(name)?.valueSpot))
  const isGiven = names.every((name) => settings.lineOf(name) !== undefined)
  if (isGiven) given(remarks, path, reasons.join(', '))
  else assumed(remarks, path, reasons.join(', '))
}

/** `max_connections = 150000 (my.cnf:3), adjusted by the server`. */
function said(settings: Settings, name: NumberName | SwitchName): string {
  const line = settings.lineOf(name)
  if (line === undefined) return `${name}: the server's default`
  const adjusted = isNumber(name) && settings.adjustedOf(name) !== undefined
  return `${name} = ${line.value ?? 'on'} (${placeOf(line.nameSpot)})${adjusted ? ', adjusted by the server' : ''}`
}

function isNumber(name: NumberName | SwitchName): name is NumberName {
  return numberNames.some((one) => one === name)
}
