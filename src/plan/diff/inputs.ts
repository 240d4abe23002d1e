import { dayText } from '../../units/date/calendar.ts'
import { writeKernel } from '../../units/kernel-version.ts'
import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import { canonicalJson } from '../../workload/identity.ts'
import type { Step } from '../../workload/timeline.ts'
import type { Workload } from '../../workload/workload.ts'
import type { InputChange, InputValue } from '../result/what-if/diff-result.ts'

/** A value of a workload, where a scenario has it. */
interface Input {
  readonly value: InputValue
  readonly isBytes: boolean
}

/**
 * What two workloads say differently, in the order of the second: resolved values, so that `16 GiB`
 * and `16384 MiB` are no change.
 */
export function inputChanges(from: Workload, to: Workload): readonly InputChange[] {
  const [before, after] = [inputsOf(from, to), inputsOf(to, from)]
  const removed = [...before].filter(([path]) => !after.has(path))
  return [
    ...[...after].flatMap(([path, input]): InputChange[] => {
      const was = before.get(path)
      const unit = input.isBytes ? ({ unit: 'bytes' } as const) : {}
      if (was === undefined) return [{ path, kind: 'added', ...unit, to: input.value }]
      if (was.value === input.value) return []
      return [{ path, kind: 'changed', ...unit, from: was.value, to: input.value }]
    }),
    ...removed.map(([path, { value, isBytes }]): InputChange => {
      const unit = isBytes ? ({ unit: 'bytes' } as const) : {}
      return { path, kind: 'removed', ...unit, from: value }
    }),
  ]
}

/** Groups and regions that the other does not have are one value. */
function inputsOf(workload: Workload, other: Workload): ReadonlyMap<string, Input> {
  const {
    host,
    regions,
    groups,
    mshareRevision,
    measured: _,
    growth,
    cases,
    timeline = [],
    ...rest
  } = workload
  const { layout, kernel, reserves, hugepages, cgroups, ...others } = host
  const inputs = new Map<string, Input>()
  const put = (path: readonly (string | number)[], value: unknown): void => {
    if (Array.isArray(value)) {
      // A list of values is one value: the pages of a set are not read one by one.
      inputs.set(pathText(path), { value: canonicalJson(value), isBytes: false })
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) put([...path, key], inner)
    } else if (value !== undefined) {
      const isBytes = typeof value === 'number' && bytesKeys.has(String(path.at(-1)))
      inputs.set(pathText(path), { value: value as InputValue, isBytes })
    }
  }
  const size = (path: readonly string[], value: number): void => {
    inputs.set(pathText(path), { value, isBytes: true })
  }
  put(['host'], { layout: layout.id, kernel: writeKernel(kernel), ...others })
  for (const reserve of reserves) size(['host', 'reserve', reserve.name], reserve.bytes)
  for (const { pageBytes, count } of hugepages)
    put(['host', 'hugepages', writeSize(pageBytes)], count)
  for (const { name, limit } of cgroups) size(['host', 'cgroups', name, 'limit'], limit)
  const pagesOf = new Map(regions.map(({ name, pages }) => [name, pages]))
  for (const region of regions) {
    const { name, size: length, pages: __, pageBytes: pageSize, ...terms } = region
    if (other.regions.some((one) => one.name === name))
      put(['regions', name], { size: length, pageSize, ...terms })
    else size(['regions', name], length)
  }
  for (const group of groups) {
    const { name } = group
    if (other.groups.some((one) => one.name === name)) {
      put(['groups', name], termsOf(group, pagesOf))
    } else put(['groups', name], `${group.processes} processes`)
  }
  put(['mshare', 'revision'], mshareRevision)
  put([], { growth: growthTerms(growth, other.growth), ...rest, cases: casesTerms(cases) })
  for (const [index, step] of timeline.entries()) put(['timeline', index], stepText(step))
  return inputs
}

/** Keys whose numbers are bytes. */
const bytesKeys: ReadonlySet<string> = new Set([
  ...['memory', 'swap', 'minFree', 'size', 'pageSize', 'private', 'lockedPrivate'],
  ...['baseTables', 'assumedTables', 'kernelMemory', 'bytes'],
])

/** Each rate by its path, the first day and, where that is the same, the last, which follows from it by default. */
function growthTerms(growth: Workload['growth'], other: Workload['growth']): object | undefined {
  if (growth === undefined) return undefined
  const { from, until } = growth
  const rates = growth.rates.map(({ path, rate }) => [path, rate] as const)
  const last = other?.from === from ? { until: dayText(until) } : {}
  return { from: dayText(from), ...last, ...Object.fromEntries(rates) }
}

/** By name and path, what a case makes of a value. */
function casesTerms(cases: Workload['cases'] = []): object {
  return Object.fromEntries(
    cases.map(({ name, values }) => [
      name,
      Object.fromEntries(values.map(({ path, value = 'null', change = value }) => [path, change])),
    ]),
  )
}

/** `failover: stop standby 40; set host.memory 300 GB`: nearly as it is written. */
function stepText({ name, actions }: Step<Workload>): string {
  const all = actions.map((action) => {
    const { kind, ...about } = action
    const values = Object.entries(about).map(([key, value]) =>
      key === 'pageBytes' ? writeSize(bytes(Number(value))) : wordOf(value),
    )
    return [kind, ...values].join(' ')
  })
  return `${name === undefined ? '' : `${name}: `}${all.join('; ')}`
}

function wordOf(value: unknown): string {
  return typeof value === 'object' ? canonicalJson(value) : String(value)
}

/** What a scenario says of a group: no tables by default, and of a mapping no length that is that of the region. */
function termsOf(
  { name: _, maps, baseTables, assumedTables, ...group }: Group,
  pagesOf: ReadonlyMap<string, number>,
): object {
  return {
    ...group,
    ...(assumedTables === undefined ? { baseTables } : {}),
    maps: Object.fromEntries(maps.map((mapping, index) => [index, mappingOf(mapping, pagesOf)])),
  }
}

function mappingOf(mapping: Mapping, pagesOf: ReadonlyMap<string, number>): object {
  const { length, touched, ...rest } = mapping
  return {
    ...rest,
    ...(isWhole(mapping, pagesOf.get(mapping.region)) ? {} : { length }),
    touched: isAllTouched(mapping) ? 'all' : touched,
  }
}

/** It maps all of its region, of that many pages. */
export function isWhole({ offset, length }: Mapping, pages: number | undefined): boolean {
  return offset === 0 && length === pages
}

/** It touches all that it maps. */
export function isAllTouched({ touched, length }: Mapping): boolean {
  if (touched.kind !== 'ranges') return false
  const [only, second] = touched.ranges
  return second === undefined && only?.first === 0 && only.length === length
}
