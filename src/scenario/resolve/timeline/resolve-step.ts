import type { PageRange, TouchSet } from '../../../space/touch-set.ts'
import type { Path } from '../../../units/path.ts'
import { bytes, count, pages } from '../../../units/quantity.ts'
import { parseSize, writeSize } from '../../../units/size.ts'
import { copiesOf } from '../../../workload/copies.ts'
import type { Group, Mapping } from '../../../workload/group.ts'
import type { Action, MappedPart } from '../../../workload/timeline.ts'
import type { Workload } from '../../../workload/workload.ts'
import type { PartText, StepText, TouchedText } from '../../schema/scenario-text.ts'
import { flawOfName } from '../check-references.ts'
import { hugePageList } from '../page-sizes.ts'
import { resolveTouched } from '../resolve-touched.ts'
import type { DeepPartial, Log } from '../section.ts'
import { complain, entriesOf, resolveSize } from '../section.ts'

/** A step that is read: its place, and the scenario as it is by then. */
export interface Reading {
  readonly log: Log
  readonly path: Path
  readonly scenario: Workload
}

/** An action, and where it is written. */
export interface Placed {
  readonly action: Action
  readonly path: Path
}

type StepData = DeepPartial<StepText>

/** What a step does, in the order in which it is written. Names and extents are checked here. */
export function actionsOf(reading: Reading, step: StepData): readonly Placed[] {
  return Object.keys(step).flatMap((key) => {
    const reader = Object.hasOwn(readers, key) ? readers[key as keyof typeof readers] : undefined
    return reader?.({ ...reading, path: [...reading.path, key] }, step) ?? []
  })
}

const readers: Readonly<
  Record<Action['kind'], (reading: Reading, step: StepData) => readonly Placed[]>
> = {
  start: (reading, step) => ofProcesses(reading, 'start', step.start),
  stop: (reading, step) => ofProcesses(reading, 'stop', step.stop),
  crash: (reading, step) => ofProcesses(reading, 'crash', step.crash),
  fork: (reading, { fork }) =>
    inGroups(reading, fork, (group, value, path) => {
      const into = groupNamed({ ...reading, path: [...path, 'into'] }, value.into)
      if (into === undefined || value.processes === undefined) return []
      const processes = count(value.processes * copiesOf(into))
      return [{ path, action: { kind: 'fork', group: group.name, into: into.name, processes } }]
    }),
  touch: (reading, { touch }) =>
    inGroups(reading, touch, (group, regions, path) =>
      ofRegions(reading, group, regions, path, (region, text, place) => {
        const touched = partsOf(group, region, (mapping) =>
          touchedBy(reading, mapping, text, place),
        )
        return { kind: 'touch', group: group.name, region, touched }
      }),
    ),
  unmap: (reading, { unmap }) => ranged(reading, 'unmap', unmap),
  dontneed: (reading, { dontneed }) => ranged(reading, 'dontneed', dontneed),
  create: (reading, { create }) => ofNames(reading, create, 'create'),
  unlink: (reading, { unlink }) => ofNames(reading, unlink, 'unlink'),
  close: (reading, { close }) => ofNames(reading, close, 'close'),
  attach: (reading, { attach }) => {
    if (attach === undefined || typeof attach === 'string' || Array.isArray(attach)) {
      return ofNames(reading, attach as Names, 'attach')
    }
    return inGroups(reading, attach as Readonly<Record<string, Names>>, (group, names, path) =>
      ofNames({ ...reading, path }, names, 'attach').flatMap((placed) => {
        if (placed.action.kind !== 'attach') return []
        checkMaps({ ...reading, path: placed.path }, group, placed.action.region)
        return [{ ...placed, action: { ...placed.action, group: group.name } }]
      }),
    )
  },
  pool: (reading, { pool }) =>
    entriesOf(pool).flatMap(([size, pagesInPool]): readonly Placed[] => {
      const path = [...reading.path, size]
      const pageBytes = hugePageNamed({ ...reading, path }, size)
      if (pageBytes === undefined || pagesInPool === undefined) return []
      return [{ path, action: { kind: 'pool', pageBytes, count: count(pagesInPool) } }]
    }),
  set: (reading, { set }) =>
    entriesOf(set).map(([path, value]) => ({
      path: [...reading.path, path],
      action: { kind: 'set', path, value: textOf(value) },
    })),
}

/** What a step can do. */
export const stepKeys: readonly string[] = Object.keys(readers)

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function ofProcesses(
  reading: Reading,
  kind: 'start' | 'stop' | 'crash',
  given: Readonly<Record<string, number | undefined>> | undefined,
): readonly Placed[] {
  return inGroups(reading, given, (group, processes, path) => [
    { path, action: { kind, group: group.name, processes: count(processes * copiesOf(group)) } },
  ])
}

function inGroups<T>(
  reading: Reading,
  given: Readonly<Record<string, T | undefined>> | undefined,
  placed: (group: Group, value: T, path: Path) => readonly Placed[],
): readonly Placed[] {
  return entriesOf(given).flatMap(([name, value]) => {
    const path = [...reading.path, name]
    const group = groupNamed({ ...reading, path }, name, 'key')
    return group === undefined || value === undefined ? [] : placed(group, value, path)
  })
}

function groupNamed(
  { log, path, scenario }: Reading,
  name: string | undefined,
  at: 'key' | 'value' = 'value',
): Group | undefined {
  const group = scenario.groups.find((one) => one.name === name)
  const names = scenario.groups.map((one) => one.name)
  if (group === undefined && name !== undefined) {
    complain(log, path, flawOfName(name, 'group', names), at)
  }
  return group
}

function isRegion({ log, path, scenario }: Reading, name: string, at: 'key' | 'value'): boolean {
  const names = scenario.regions.map((one) => one.name)
  if (names.includes(name)) return true
  complain(log, path, flawOfName(name, 'region', names), at)
  return false
}

function ofRegions<T>(
  reading: Reading,
  group: Group,
  given: Readonly<Record<string, T | undefined>>,
  path: Path,
  actionOf: (region: string, value: T, path: Path) => Action,
): readonly Placed[] {
  return entriesOf(given).flatMap(([name, value]) => {
    const place = [...path, name]
    const here = { ...reading, path: place }
    if (!isRegion(here, name, 'key') || !checkMaps(here, group, name)) return []
    return value === undefined ? [] : [{ path: place, action: actionOf(name, value, place) }]
  })
}

function checkMaps({ log, path }: Reading, group: Group, region: string): boolean {
  const mapped = [...new Set(group.maps.map((one) => one.region))]
  if (mapped.includes(region)) return true
  const listed = mapped.map((one) => `\`${one}\``).join(', ')
  complain(
    log,
    path,
    {
      message: `group \`${group.name}\` does not map \`${region}\``,
      expected: mapped.length === 0 ? 'a group that maps the region' : `one of ${listed}`,
    },
    'key',
  )
  return false
}

function partsOf<T>(
  { maps }: Group,
  region: string,
  partIn: (mapping: Mapping) => T | undefined,
): readonly MappedPart<T>[] {
  return maps.flatMap((mapping, map) => {
    const part = mapping.region === region ? partIn(mapping) : undefined
    return part === undefined ? [] : [{ map, part }]
  })
}

function touchedBy(
  { log, scenario }: Reading,
  { length }: Mapping,
  text: DeepPartial<TouchedText>,
  path: Path,
): TouchSet {
  return resolveTouched(text, { log, path, length, pageBytes: scenario.host.layout.pageBytes })
}

function ranged(
  reading: Reading,
  kind: 'unmap' | 'dontneed',
  given: StepData['unmap'],
): readonly Placed[] {
  return inGroups(reading, given, (group, regions, path) =>
    ofRegions(reading, group, regions, path, (region, text, place) => {
      const ranges = partsOf(group, region, (mapping) =>
        rangeIn({ ...reading, path: place }, mapping, text),
      )
      return { kind, group: group.name, region, ranges }
    }),
  )
}

/** The whole pages that hold the part: munmap() and madvise() take whole pages. */
function rangeIn(
  { log, path, scenario }: Reading,
  { length, region: name }: Mapping,
  text: DeepPartial<PartText>,
): PageRange | undefined {
  const { pageBytes } = scenario.host.layout
  if (text === 'all') return { first: pages(0), length }
  const region = scenario.regions.find((one) => one.name === name)
  const unit = Math.max(region?.pageBytes ?? 0, pageBytes)
  const offset = resolveSize(log, text.offset ?? '0 B', [...path, 'offset'], pageBytes)
  if (offset === undefined) return undefined
  const rest = length * pageBytes - offset
  const size =
    text.length === undefined ? rest : resolveSize(log, text.length, [...path, 'length'], pageBytes)
  if (size === undefined) return undefined
  if (rest <= 0 || size > rest) {
    complain(log, path, {
      message: 'this range ends past its mapping',
      expected: `at most the ${writeSize(bytes(length * pageBytes))} of the mapping`,
    })
    return undefined
  }
  if (offset % unit !== 0) {
    complain(log, [...path, 'offset'], {
      message: `not a multiple of the page size, ${writeSize(bytes(unit))}`,
      expected: `a multiple of ${writeSize(bytes(unit))}`,
    })
    return undefined
  }
  if (size === 0) {
    complain(log, path, { message: 'this range is empty', expected: 'more than 0 B' })
    return undefined
  }
  const end = Math.min(length * pageBytes, Math.ceil((offset + size) / unit) * unit)
  return { first: pages(offset / pageBytes), length: pages((end - offset) / pageBytes) }
}

type Names = string | readonly (string | undefined)[] | undefined

function ofNames(
  reading: Reading,
  names: Names,
  kind: 'create' | 'attach' | 'unlink' | 'close',
): readonly Placed[] {
  const isOne = typeof names === 'string'
  return (isOne ? [names] : (names ?? [])).flatMap((name, index): readonly Placed[] => {
    const path = isOne ? reading.path : [...reading.path, index]
    if (name === undefined || !isRegion({ ...reading, path }, name, 'value')) return []
    return [{ path, action: { kind, region: name } }]
  })
}

function hugePageNamed({ log, path, scenario }: Reading, size: string) {
  const { layout } = scenario.host
  const reading = parseSize(size, layout.pageBytes)
  if (!reading.ok) return undefined
  if (layout.hugePages.some((page) => page.bytes === reading.bytes)) return reading.bytes
  complain(
    log,
    path,
    {
      message: `${layout.id} has no huge pages of ${size}`,
      expected: hugePageList(layout),
    },
    'key',
  )
  return undefined
}
