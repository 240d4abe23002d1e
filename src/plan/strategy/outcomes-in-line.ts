import type { CgroupNeed } from '../../host/cgroups.ts'
import { commitLimit, isGranted } from '../../host/commit.ts'
import { minWatermark } from '../../host/min-watermark.ts'
import { riskOf } from '../../host/risk.ts'
import type { Host } from '../../workload/host.ts'
import type { Workload } from '../../workload/workload.ts'
import { riskAgainst } from './against-host.ts'
import type { OutcomeLaw } from './outcome-law.ts'
import type { Outcome } from './strategy-result.ts'

/** A plan that was made, and what it came to. */
export interface Sample {
  readonly workload: Workload
  readonly outcome: Outcome
}

/**
 * What a plan comes to, number by number, without making it: with other memory by one plan that was
 * made; with another number of processes of one group, on the line through two.
 * @param samples plans of workloads that differ in nothing but memory and processes.
 * @returns `undefined` where the plan has to be made.
 */
export function outcomeInLine(
  samples: readonly Sample[],
  wanted: Workload,
  lawOf: () => OutcomeLaw,
): Outcome | undefined {
  let first: Near | undefined
  for (const sample of samples) {
    const near = nearTo(wanted, sample)
    if (near?.group === 'none') return lawOf().isWhole ? withMemory(sample, wanted.host) : undefined
    if (first !== undefined && near?.group === first.group) {
      return onLine([first, near], wanted, lawOf())
    }
    first ??= near
  }
  return undefined
}

/** A plan with another number of processes in one group, by its index. */
interface Near {
  readonly group: number | 'none'
  readonly processes: number
  readonly outcome: Outcome
}

function nearTo(wanted: Workload, { workload, outcome }: Sample): Near | undefined {
  const group = onlyOther(workload, wanted)
  if (group === 'none') return { group, processes: 0, outcome }
  if (group === 'several' || workload.host.memory !== wanted.host.memory) return undefined
  return { group, processes: workload.groups[group]?.processes ?? 0, outcome }
}

/** The one group with another number of processes. */
function onlyOther({ groups }: Workload, other: Workload): number | 'none' | 'several' {
  let found: number | 'none' = 'none'
  for (let index = 0; index < groups.length; index += 1) {
    if (other.groups[index]?.processes === groups[index]?.processes) continue
    if (found !== 'none') return 'several'
    found = index
  }
  return found
}

/** Memory changes what there is, and what of it may be promised. */
function withMemory({ workload: { host: before }, outcome }: Sample, host: Host): Outcome {
  const { capacityBytes, pools, commit } = outcome.memory
  const setAside = pools.map(({ pageBytes, pages, missingPages }) => ({
    pageBytes,
    count: pages + missingPages,
  }))
  return judged(host, outcome, {
    capacityBytes: capacityBytes - supplyOf(before) + supplyOf(host),
    commit: { ...commit, limitBytes: commitLimit(host, setAside) },
  })
}

function supplyOf(host: Host): number {
  return host.memory - minWatermark(host)
}

/** Larger numbers are left to a plan, which says so where they pass 2^53 − 1. */
const mostOnLine = 2 ** 52

function onLine(
  [one, other]: readonly [Near, Near],
  { host, groups }: Workload,
  { isLinear, few }: OutcomeLaw,
): Outcome | undefined {
  const [from, to] = [one.processes, other.processes]
  const wanted = groups[Number(one.group)]?.processes ?? 0
  const [was, then] = [one.outcome, other.outcome]
  if (!isLinear || Math.min(from, to, wanted) <= few || !isAlike(was, then)) return undefined
  let isSure = true
  const at = (first: number, second: number): number => {
    const each = (second - first) / (to - from)
    const value = first + each * (wanted - from)
    isSure &&= Number.isInteger(each) && value < mostOnLine
    return value
  }
  const tables = was.pageTables
  const { commit } = was.memory
  const outcome = {
    ...was,
    pageTables: {
      bytes: at(tables.bytes, then.pageTables.bytes),
      leastBytes: at(tables.leastBytes, then.pageTables.leastBytes),
      mostBytes: at(tables.mostBytes, then.pageTables.mostBytes),
      onceBytes: tables.onceBytes,
      baseBytes: at(tables.baseBytes, then.pageTables.baseBytes),
    },
    memory: { ...was.memory, demandBytes: at(was.memory.demandBytes, then.memory.demandBytes) },
    risk: {
      ...was.risk,
      unswappableBytes: at(was.risk.unswappableBytes, then.risk.unswappableBytes),
    },
    charged: was.charged.map((need, index): CgroupNeed => {
      const second = then.charged[index] ?? need
      const sums = {
        demandBytes: at(need.demandBytes, second.demandBytes),
        pageTableBytes: at(need.pageTableBytes, second.pageTableBytes),
        unswappableBytes: at(need.unswappableBytes, second.unswappableBytes),
      }
      const { limitBytes } = need
      const of = { of: limitBytes, capacityBytes: limitBytes, swapBytes: host.swap }
      return { ...need, ...sums, level: riskOf({ ...of, ...sums }) }
    }),
  }
  const committedBytes = at(commit.committedBytes, then.memory.commit.committedBytes)
  if (!isSure) return undefined
  return judged(host, outcome, {
    capacityBytes: was.memory.capacityBytes,
    commit: { ...commit, committedBytes },
  })
}

/** True where two plans have what no number of processes changes in common. */
function isAlike({ memory }: Outcome, other: Outcome): boolean {
  return (
    memory.capacityBytes === other.memory.capacityBytes &&
    memory.commit.limitBytes === other.memory.commit.limitBytes &&
    memory.commit.largestRequestBytes === other.memory.commit.largestRequestBytes
  )
}

/** The outcome with its sums set against a host. */
function judged(
  host: Host,
  { memory, risk, ...outcome }: Outcome,
  { capacityBytes, commit }: Pick<Outcome['memory'], 'capacityBytes' | 'commit'>,
): Outcome {
  const { demandBytes } = memory
  const need = {
    capacityBytes,
    demandBytes,
    unswappableBytes: risk.unswappableBytes,
    pageTableBytes: outcome.pageTables.bytes,
  }
  return {
    ...outcome,
    memory: {
      ...memory,
      capacityBytes,
      headroomBytes: capacityBytes - demandBytes,
      commit: { ...commit, granted: isGranted(host, commit) },
    },
    risk: riskAgainst(host, need, outcome.charged),
  }
}
