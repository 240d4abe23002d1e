import { minWatermark } from '../../host/min-watermark.ts'
import type { Measured } from '../../workload/measured.ts'
import type { OutOfMemory } from '../../workload/out-of-memory.ts'
import type { Workload } from '../../workload/workload.ts'
import type {
  MemoryTaken,
  OomCause,
  OomTrigger,
  Postmortem,
  TableHolders,
  TablesTaken,
} from '../result/postmortem-result.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { memoryTaken, weightOf } from './memory-taken.ts'
import { killedOf, planChoiceOf, ruleChoiceOf } from './victims-taken.ts'

/**
 * What the out-of-memory report in a scenario comes to; `undefined` where it has none. Figures are
 * those of the log: what the plan adds is the process that it expects to be killed.
 * @param subject the strategy that the result is about; absent: none was planned.
 */
export function postmortemOf(
  { measured, host }: Workload,
  subject: PlannedStrategy | undefined,
): Postmortem | undefined {
  if (measured?.outOfMemory === undefined) return undefined
  const report = measured.outOfMemory
  const { memory, pageTables } = memoryTaken(report, measured)
  const holders = holdersOf(measured, report)
  const rule = ruleChoiceOf(report)
  const { time, cgroup, nodes, invokedBy, order, panicked } = report
  return {
    ...(time === undefined ? {} : { time }),
    reports: report.reports,
    report: report.report,
    constraint: report.constraint,
    ...(cgroup === undefined ? {} : { cgroup }),
    ...(nodes === undefined ? {} : { nodes }),
    ...(invokedBy === undefined ? {} : { invokedBy }),
    ...(order === undefined || order < 0 ? {} : { requestedPages: 2 ** order }),
    trigger: triggerOf(report, minWatermark(host)),
    cause: causeOf(memory, pageTables),
    memory,
    ...(pageTables === undefined ? {} : { pageTables }),
    ...(holders === undefined ? {} : { holders }),
    ...(panicked === undefined ? {} : { panicked }),
    killed: report.killed.map(killedOf),
    ...(rule === undefined ? {} : { rule }),
    ...(subject === undefined ? {} : { plan: planChoiceOf(report, subject) }),
  }
}

/**
 * Why the kernel had to act: constrained_alloc(), is_sysrq_oom() of mm/oom_kill.c. Memory that it
 * keeps for itself, the min watermark, is not free for programs.
 */
function triggerOf({ constraint, order = 0, memory }: OutOfMemory, kept: number): OomTrigger {
  if (order < 0) return 'asked-for'
  if (constraint === 'cgroup') return 'cgroup-full'
  if (constraint !== 'machine') return 'nodes-full'
  const isFree = ((memory.free ?? 0) - kept) * 100 >= memory.total
  if (!isFree) return 'memory-full'
  return order > 0 ? 'not-contiguous' : 'memory-free'
}

function causeOf({ lines }: MemoryTaken, tables: TablesTaken | undefined): OomCause {
  const idle = lines.find(({ kind }) => kind === 'huge-pages-idle')
  const isIdle = weightOf(idle?.fraction ?? 0) === 'cause'
  if (tables?.weight === 'cause') return isIdle ? 'both' : 'page-tables'
  return isIdle ? 'idle-pool' : 'neither'
}

/** Groups by their page tables, the most first; processes in no group last. */
function holdersOf(
  { groups, elsewhere }: Measured,
  { listed }: OutOfMemory,
): TableHolders | undefined {
  const held = groups
    .map(({ name, processes, vmPte }) => ({ name, processes, bytes: vmPte }))
    .toSorted((a, b) => b.bytes - a.bytes)
  const others =
    elsewhere === undefined ? [] : [{ processes: elsewhere.processes, bytes: elsewhere.vmPte }]
  if (listed === undefined && held.length + others.length === 0) return undefined
  return {
    ...(listed === undefined ? {} : { listedProcesses: listed.processes }),
    ...(listed?.partial === undefined ? {} : { isPartial: listed.partial }),
    groups: [...held, ...others],
  }
}
