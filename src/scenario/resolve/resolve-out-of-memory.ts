import type { Layout } from '../../geometry/layout.ts'
import type { Path } from '../../units/path.ts'
import type { Bytes } from '../../units/quantity.ts'
import { bytes, count } from '../../units/quantity.ts'
import type { KilledProcess, NamedProcess, OutOfMemory } from '../../workload/out-of-memory.ts'
import { oomParts } from '../../workload/out-of-memory.ts'
import type {
  ChosenProcessText,
  KilledProcessText,
  OutOfMemoryText,
} from '../schema/scenario-text.ts'
import type { DeepPartial, Log } from './section.ts'
import { complain, resolveSize } from './section.ts'

/** What an out-of-memory report says. Keys that are wrong have been complained about. */
export function outOfMemoryOf(
  log: Log,
  given: DeepPartial<OutOfMemoryText>,
  path: Path,
  { pageBytes }: Layout,
): OutOfMemory {
  const sizer: Sizer = { log, pageBytes }
  const { listed, killed = [], chosen, reports = 1, report = reports } = given
  checkReport(log, path, report, reports)
  return {
    ...present(given, ['time', 'cgroup', 'nodes', 'invokedBy', 'order']),
    ...sizesOf(sizer, given, ['limit'], path),
    constraint: given.constraint ?? 'machine',
    memory: memoryOf(sizer, given.memory, [...path, 'memory']),
    ...(listed === undefined
      ? {}
      : {
          listed: {
            processes: count(listed.processes ?? 0),
            ...(listed.partial === true ? { partial: true as const } : {}),
          },
        }),
    ...(given.panicked === true ? { panicked: true as const } : {}),
    killed: killed.map((one, index) => killedOf(sizer, one, [...path, 'killed', index])),
    ...(chosen === undefined
      ? {}
      : { chosen: { ...namedOf(chosen), ...present(chosen, ['points']) } }),
    reports: count(reports),
    report: count(report),
  }
}

/** What it takes to read a size. */
interface Sizer {
  readonly log: Log
  readonly pageBytes: Bytes
}

/** Sizes at some keys, in bytes; those that are absent or too large are absent. */
function sizesOf<const Key extends string>(
  { log, pageBytes }: Sizer,
  texts: { readonly [K in Key]?: string | undefined },
  keys: readonly Key[],
  path: Path,
): { readonly [K in Key]?: Bytes } {
  const sizes = keys.flatMap((key) => {
    const text = texts[key]
    const size = text === undefined ? text : resolveSize(log, text, [...path, key], pageBytes)
    return size === undefined ? [] : [[key, size]]
  })
  return Object.fromEntries(sizes) as { readonly [K in Key]?: Bytes }
}

function checkReport(log: Log, path: Path, report: number, reports: number): void {
  if (report <= reports) return
  complain(log, [...path, 'report'], {
    message: `there is no report ${report} of ${reports}`,
    expected: `a whole number from 1 to \`reports\`, ${reports}`,
  })
}

function memoryOf(
  sizer: Sizer,
  given: DeepPartial<OutOfMemoryText>['memory'] = {},
  path: Path,
): OutOfMemory['memory'] {
  const { total = bytes(0), ...parts } = sizesOf(
    sizer,
    given,
    ['total', ...oomParts, 'swapTotal', 'swapFree'],
    path,
  )
  checkWithin(sizer.log, path, parts, 'hugetlbFree', 'hugetlb')
  checkWithin(sizer.log, path, parts, 'swapFree', 'swapTotal')
  return { total, ...parts }
}

/** What is free of a thing is at most all of it. */
function checkWithin<Key extends string>(
  log: Log,
  path: Path,
  sizes: { readonly [K in Key]?: Bytes },
  part: Key,
  whole: Key,
): void {
  if ((sizes[part] ?? 0) <= (sizes[whole] ?? 0)) return
  complain(log, [...path, part], {
    message: `\`${part}\` is more than \`${whole}\``,
    expected: `at most \`${whole}\`, of which it is a part`,
  })
}

function killedOf(
  sizer: Sizer,
  given: DeepPartial<KilledProcessText> | undefined,
  path: Path,
): KilledProcess {
  return {
    ...namedOf(given),
    ...present(given ?? {}, ['because', 'oomScoreAdj']),
    ...sizesOf(sizer, given ?? {}, ['anonymous', 'file', 'shared', 'swap', 'pageTables'], path),
  }
}

function namedOf(given: DeepPartial<ChosenProcessText> | undefined): NamedProcess {
  return {
    process: given?.process ?? '',
    pid: given?.pid ?? 0,
    ...present(given ?? {}, ['group']),
  }
}

/** Those of some keys that are there. */
function present<T extends object, const Key extends keyof T & string>(
  given: T,
  keys: readonly Key[],
): { readonly [K in Key]?: NonNullable<T[K]> } {
  const there = keys.flatMap((key) => (given[key] === undefined ? [] : [[key, given[key]]]))
  return Object.fromEntries(there) as { readonly [K in Key]?: NonNullable<T[K]> }
}
