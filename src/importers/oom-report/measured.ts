import type {
  ChosenProcessText,
  KilledProcessText,
  MeasuredText,
  OomMemoryText,
  OutOfMemoryText,
} from '../../scenario/schema/scenario-text.ts'
import { printable } from '../../units/printable.ts'
import { sumBy } from '../../units/sum.ts'
import { poolsOf } from './host.ts'
import type { Chosen } from './log/choose-report.ts'
import { present } from './log/present.ts'
import type { KilledTask, OomReport, Task } from './log/report.ts'
import type { Candidate } from './points.ts'
import type { Division } from './process-groups.ts'
import type { Processes } from './processes.ts'
import { sizeText } from './size-text.ts'
import { listedBytes } from './table-bytes.ts'

/** What the report says, for those who look back at it. */
export interface Evidence
  extends Pick<Processes, 'parts' | 'groups' | 'division' | 'candidate' | 'cgroup' | 'layout'> {
  readonly chosen: Chosen
  readonly reports: number
  /** Memory of the host, in bytes. */
  readonly memoryBytes: number
}

export function measuredText(evidence: Evidence): MeasuredText {
  const { parts, groups, chosen, memoryBytes } = evidence
  const { dump, constraint } = chosen.report
  const known = dump.tables === 'none' ? [] : groups
  const { pageTables = Number.POSITIVE_INFINITY } = parts
  const isCounted = constraint !== 'cgroup' && pageTables <= memoryBytes
  const groupTexts = known.map(
    ({ name, text, tableBytes }) =>
      [name, { processes: text.processes, vmPte: sizeText(tableBytes) }] as const,
  )
  return {
    ...(isCounted && { pageTables: sizeText(pageTables) }),
    ...(known.length > 0 && { groups: Object.fromEntries(groupTexts) }),
    outOfMemory: outOfMemoryText(evidence),
  }
}

/** The memory of the machine, or what the cgroup used, in bytes. */
function totalOf({ chosen: { report }, memoryBytes }: Evidence): number {
  return report.constraint === 'cgroup' ? (report.cgroup?.usage ?? 0) * 1024 : memoryBytes
}

function outOfMemoryText(evidence: Evidence): OutOfMemoryText {
  const { chosen, reports, division, candidate } = evidence
  const { report, number } = chosen
  const { cgroup, dump, constraint, nodes, order, stamp, invokedBy, killed } = report
  const byPid = new Map(dump.tasks.map((task) => [task.pid, task]))
  return {
    ...present({
      time: stamp === '' ? undefined : printable(stamp),
      cgroup: cgroup?.path && printable(cgroup.path),
      limit: evidence.cgroup && sizeText(evidence.cgroup.limit),
      nodes,
      invokedBy: invokedBy && printable(invokedBy),
      order,
    }),
    constraint,
    memory: memoryText(evidence),
    listed: { processes: dump.listed, ...(!dump.isWhole && { partial: true }) },
    ...(report.panicked && killed.length === 0 && { panicked: true }),
    killed: killed.map((one) => killedText(one, byPid.get(one.pid), evidence)),
    ...(candidate && { chosen: chosenText(candidate, division) }),
    reports,
    report: number,
  }
}

function chosenText({ task, points }: Candidate, division: Division): ChosenProcessText {
  return { process: printable(task.name), pid: task.pid, ...groupKey(division, task.pid), points }
}

function groupKey({ groupOf }: Division, pid: number): { readonly group?: string } {
  const group = groupOf(pid)
  return group === undefined ? {} : { group }
}

/** A part larger than the whole is no part of it: the log is damaged there. */
function memoryText(evidence: Evidence): OomMemoryText {
  const { parts, chosen } = evidence
  const total = totalOf(evidence)
  const possible = Object.entries(parts).filter(([, size]) => size <= total)
  return {
    total: sizeText(total),
    ...Object.fromEntries(possible.map(([part, size]) => [part, sizeText(size)])),
    ...(chosen.report.constraint !== 'cgroup' && poolParts(chosen.report, total)),
    ...swapParts(chosen.report),
  }
}

function poolParts({ memory: { pools } }: OomReport, total: number): Partial<OomMemoryText> {
  const whole = poolsOf(pools)
  const all = sumBy(whole, ({ pageBytes, total: pages }) => pageBytes * pages)
  if (all === 0 || all > total) return {}
  const free = all - sumBy(whole, ({ pageBytes, used }) => pageBytes * used)
  return { hugetlb: sizeText(all), hugetlbFree: sizeText(free) }
}

function swapParts({ memory, cgroup, constraint }: OomReport): Partial<OomMemoryText> {
  const [total, free] =
    constraint === 'cgroup'
      ? [cgroup?.swapLimit, (cgroup?.swapLimit ?? 0) - (cgroup?.swapUsage ?? 0)]
      : [memory.swapTotal, memory.swapFree]
  if (total === undefined || free === undefined || free > total || free < 0) return {}
  return { swapTotal: sizeText(total * 1024), swapFree: sizeText(free * 1024) }
}

/** Before Linux 5.1 the line of the kill has no page tables: those of the list are its own. */
function killedText(
  { pid, name, because, anon, file, shmem, tables, adj }: KilledTask,
  task: Task | undefined,
  { division, layout, chosen }: Evidence,
): KilledProcessText {
  const hasTables = chosen.report.dump.tables !== 'none'
  const listed = task && hasTables ? listedBytes(task, layout) : undefined
  return {
    process: printable(name),
    pid,
    ...groupKey(division, pid),
    ...present({
      because,
      anonymous: kibText(anon),
      file: kibText(file),
      shared: kibText(shmem),
      swap: task && sizeText(task.swap * layout.pageBytes),
      pageTables: kibText(tables) ?? (listed === undefined ? undefined : sizeText(listed)),
      oomScoreAdj: adj ?? task?.adj,
    }),
  }
}

function kibText(kib: number | undefined): string | undefined {
  return kib === undefined ? undefined : sizeText(kib * 1024)
}
