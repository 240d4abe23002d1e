import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { Spot } from '../../scenario/yaml/yaml-tree.ts'
import { optionSpot } from '../command-line-values.ts'
import type { ImportOptions } from '../importer.ts'
import { placeText } from '../place.ts'
import type { Pool } from './buffer-pool.ts'
import { dedicatedPool, poolOf } from './buffer-pool.ts'
import type { Buffer } from './buffers.ts'
import { largePagesOf, mostBeyond } from './large-pages.ts'
import type { NumberName, SwitchName } from './option-names.ts'
import { numberNames } from './option-names.ts'
import { perServer, perThread } from './own-memory.ts'
import type { Settings } from './settings.ts'

/** Name of the region of the buffer pool. */
export const pool = 'buffer-pool'

/** `max_connections = 150000 (my.cnf:3), adjusted by the server`. */
export function optionSource(settings: Settings, name: NumberName | SwitchName): string {
  const line = settings.lineOf(name)
  if (line === undefined) return `${name}: the server's default`
  const adjusted = isNumber(name) && settings.adjustedOf(name) !== undefined
  return `${name} = ${line.value ?? 'on'} (${placeText(line.nameSpot)})${adjusted ? ', adjusted by the server' : ''}`
}

/** Given where an option file has it, assumed where none has. */
export function sayOptions(
  annotated: AnnotatedScenario,
  settings: Settings,
  path: readonly string[],
  names: readonly (NumberName | SwitchName)[],
): void {
  const reasons = names.map((name) => optionSource(settings, name))
  annotated.decidedBy(path, ...names.map((name) => settings.lineOf(name)?.valueSpot))
  const isGiven = names.every((name) => settings.lineOf(name) !== undefined)
  if (isGiven) annotated.say(path, reasons.join(', '))
  else annotated.assume(path, reasons.join(', '))
}

export function remarkPool(
  settings: Settings,
  options: ImportOptions,
  { rounding, guess }: Pool,
  annotated: AnnotatedScenario,
): void {
  const path = ['regions', pool, 'size']
  remarkRelease(settings, pool, annotated)
  const dedicated = dedicatedPool(settings, options)
  const behind = [rounding, guess]
    .flatMap((text) => (text === undefined ? [] : [`, ${text}`]))
    .join('')
  const text = `${dedicated?.reason ?? optionSource(settings, 'innodb_buffer_pool_size')}${behind}`
  const isGiven =
    dedicated !== undefined || settings.lineOf('innodb_buffer_pool_size') !== undefined
  if (dedicated === undefined) annotated.decidedBy(path, poolSpot(settings, options))
  if (isGiven && guess === undefined) annotated.say(path, text)
  else annotated.assume(path, text)
}

export function remarkLargePages(settings: Settings, annotated: AnnotatedScenario): void {
  const { call, guess } = largePagesOf(settings.servers)
  if (guess === undefined) annotated.say(['regions', pool, 'backing'], call)
  else annotated.assume(['regions', pool, 'backing'], guess)
  sayOptions(annotated, settings, ['regions', pool, 'pageSize'], ['large_pages'])
}

export function remarkBuffer(
  settings: Settings,
  buffer: Buffer,
  annotated: AnnotatedScenario,
): void {
  const { name, option, text } = buffer
  const path = ['regions', name, 'size']
  const line = option === undefined ? undefined : settings.lineOf(option)
  const why = option === undefined ? text : `${optionSource(settings, option)}, ${text}`
  if (line === undefined) annotated.assume(path, why)
  else annotated.say(path, why)
  remarkRelease(settings, name, annotated)
  annotated.decidedBy(['regions', name], line?.valueSpot ?? poolLine(settings))
}

export function remarkOrigins(
  settings: Settings,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): void {
  const size = poolSpot(settings, options)
  const group = ['groups', 'mysqld']
  annotated.decidedBy(['regions', pool], size)
  annotated.decidedBy([...group, 'maps'], size)
  annotated.decidedBy([...group, 'threads'], connectionsSpot(settings, options))
  annotated.decidedBy([...group, 'private'], ownSpot(settings, options))
}

function poolSpot(settings: Settings, options: ImportOptions): Spot | undefined {
  const most = mostBeyond(settings, poolOf(settings, options))
  if (most !== undefined) return most.valueSpot
  const isDedicated = dedicatedPool(settings, options) !== undefined
  const decisive = isDedicated ? 'innodb_dedicated_server' : 'innodb_buffer_pool_size'
  return settings.lineOf(decisive)?.valueSpot
}

/** The largest of what makes up the private memory, or how often it is there. */
export function ownSpot(settings: Settings, options: ImportOptions): Spot | undefined {
  const [largest] = [...perServer, ...perThread]
    .filter((name) => settings.lineOf(name) !== undefined)
    .toSorted((a, b) => settings.numberOf(b) - settings.numberOf(a))
  const line = largest === undefined ? undefined : settings.lineOf(largest)
  return line?.valueSpot ?? connectionsSpot(settings, options)
}

function connectionsSpot({ lineOf }: Settings, { connections }: ImportOptions): Spot | undefined {
  return optionSpot('--connections', connections) ?? lineOf('max_connections')?.valueSpot
}

function isNumber(name: NumberName | SwitchName): name is NumberName {
  return numberNames.some((one) => one === name)
}

function remarkRelease({ servers }: Settings, region: string, annotated: AnnotatedScenario): void {
  if (servers.release !== undefined && servers.isAssumed === undefined) return
  const why = servers.isAssumed ? 'by the options and groups of the files' : 'no --release'
  annotated.assume(['regions', region, 'programRelease'], why)
}

function poolLine({ lineOf }: Settings): Spot | undefined {
  return lineOf('innodb_buffer_pool_size')?.valueSpot
}
