import type { Layout } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { RegionText } from '../../scenario/schema/scenario-text.ts'
import { printable } from '../../units/printable.ts'
import { sumBy } from '../../units/sum.ts'
import { figuresOf } from './group-figures.ts'
import type { WrittenGroup } from './groups.ts'
import { groupText, regionText } from './groups.ts'
import { limitOf } from './host-memory.ts'
import { present } from './log/present.ts'
import type { OomReport } from './log/report.ts'
import type { Machine } from './machine.ts'
import type { MemoryParts } from './memory-parts.ts'
import { cgroupParts, machineParts } from './memory-parts.ts'
import type { Candidate } from './points.ts'
import { mostPoints } from './points.ts'
import { privateMemory } from './private-memory.ts'
import type { Division } from './process-groups.ts'
import { divide } from './process-groups.ts'
import type { SharedRegion } from './shared-region.ts'
import { sharedRegions } from './shared-region.ts'
import { listedBytes, uncountedLevels } from './table-bytes.ts'

/** What the list of processes becomes. */
export interface Processes {
  readonly layout: Layout
  readonly parts: MemoryParts
  readonly shared: readonly SharedRegion[]
  readonly regions: Readonly<Record<string, RegionText>>
  readonly groups: readonly WrittenGroup[]
  readonly division: Division
  readonly candidate: Candidate | undefined
  readonly cgroup?: { readonly name: string; readonly limit: number }
}

export function processesOf(
  report: OomReport,
  machine: Machine,
  annotated: AnnotatedScenario,
): Processes {
  const { layout } = machine
  const { dump, killed, memory } = report
  const candidate = candidateOf(report, machine)
  const kept = [...killed.slice(0, mostKept).map(({ pid }) => pid), candidate?.task.pid ?? -1]
  const bytesOf = (task: OomReport['dump']['tasks'][number]): number => listedBytes(task, layout)
  const division = divide(dump.tasks, layout.pageBytes, bytesOf, new Set(kept))
  const uncounted = uncountedLevels(dump, layout)
  const figures = division.groups.map((group) => figuresOf(group, layout, uncounted, killed))
  const parts = partsOf(report, layout)
  const hasTables = dump.tables !== 'none'
  const total = limitOf(report) ?? machine.memory?.bytes ?? 0
  const hasSwap = (memory.swapTotal ?? 0) > 0
  const known = { hasSwap, total, ...present({ shmem: parts.shared }) }
  const shared = hasTables ? sharedRegions(figures, layout, uncounted, known) : []
  const cgroup = cgroupOf(report)
  const written = {
    layout,
    uncounted,
    regions: shared,
    privates: privateMemory(
      figures,
      new Set(shared.flatMap(({ sharers }) => sharers.map((one) => one.figures))),
      parts.anonymous === undefined ? undefined : Math.floor(parts.anonymous / layout.pageBytes),
      layout,
    ),
    hasTables,
    ...present({ cgroup: cgroup?.name }),
  }
  const regions = shared.map((region) => [region.name, regionText(region, annotated)] as const)
  return {
    layout,
    parts,
    shared,
    regions: Object.fromEntries(regions),
    groups: figures.map((one) => groupText(one, written, annotated)),
    division,
    candidate,
    ...present({ cgroup }),
  }
}

/** Killed processes beyond these need no group of their own. */
const mostKept = 8

/** constrained_alloc() of mm/oom_kill.c: points of oom_score_adj are of what ran out, with its swap (mem_cgroup_get_max()). */
function candidateOf(
  report: OomReport,
  { layout, kernel, memory }: Machine,
): Candidate | undefined {
  if (!isComparable(report)) return undefined
  const machine = (memory?.bytes ?? 0) + (report.memory.swapTotal ?? 0) * 1024
  const limit = limitOf(report)
  const ofCgroup = limit === undefined ? undefined : limit + (report.cgroup?.swapLimit ?? 0) * 1024
  const totalPages = Math.floor((ofCgroup ?? machine) / layout.pageBytes)
  const choice = { totalPages, pageBytes: layout.pageBytes, ...present({ kernel }) }
  return mostPoints(report.dump.tasks, choice, new Set(report.killed.map(({ pid }) => pid)))
}

/** Nothing can be said against a choice among processes that are not in the log. */
function isComparable({ dump, killed: [first] }: OomReport): boolean {
  const listed = dump.tasks.slice(0, dump.listed)
  return listed.length > 0 && (first === undefined || listed.some(({ pid }) => pid === first.pid))
}

function partsOf(report: OomReport, layout: Layout): MemoryParts {
  if (report.constraint !== 'cgroup') return machineParts(report, layout.pageBytes)
  return cgroupParts(
    report,
    sumBy(report.dump.tasks, (task) => listedBytes(task, layout)),
  )
}

function cgroupOf(report: OomReport): Processes['cgroup'] {
  const limit = limitOf(report)
  return limit === undefined
    ? undefined
    : { name: printable(report.cgroup?.path ?? 'cgroup without a name').trim() || '/', limit }
}
