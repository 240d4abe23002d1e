import { minWatermark } from '../../host/min-watermark.ts'
import { bytes } from '../../units/quantity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import { judge, verdictOf } from '../gates/gates.ts'
import type { Doubt } from '../limits/doubts.ts'
import { doubtsOf } from '../limits/doubts.ts'
import { assumedAmong } from '../limits/sensitivity.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { tryPlan } from '../strategy/plans.ts'
import type { Planned, PublishedOutcome } from '../strategy/strategy-result.ts'

type Assumed = Extract<Finding, { kind: 'assumption-decides' }>['assumption']

/**
 * Assumptions on which the verdict rests: the level, or a gate, is another when all defaults of one
 * kind, or all estimates, are halved or doubled. Asked of the strategy that is judged.
 */
export function assumptionFindings(
  workload: Workload,
  planned: readonly Planned[],
  assumptions: readonly Assumption[],
): readonly Finding[] {
  // Findings and growth rest on more than one plan.
  const { findings: _, growth: __, ...gates } = workload.gates
  const { strategy: id, ...metrics } = gates
  const judged = planned.find(({ named }) => named.id === id)
  if (judged === undefined) return []
  const { named, result: strategy } = judged
  const evidence = { findings: [], memoryBytes: workload.host.memory }
  const gated = Object.keys(metrics).length > 0
  const verdict = (one: PublishedOutcome): string => {
    const held = judge(gates, { ...evidence, strategies: [{ id, applies: true, ...one }] })
    return `${one.risk.level} ${gated ? verdictOf(held) : ''}`
  }
  const doubts = [...doubtsOf(workload, assumedAmong(assumptions)), ...ofMinFree(workload)]
  return doubts
    .flatMap((doubt) => (isNamed(doubt.kind) ? [{ ...doubt, kind: doubt.kind }] : []))
    .filter(({ weight }) => gated || mayTurn(workload, strategy, weight))
    .flatMap(({ kind, paths, times, grows }) => {
      const halved = tryPlan(times(workload, 0.5), named)
      const doubled = grows ? tryPlan(times(workload, 2), named) : undefined
      const others = [halved, doubled].filter((one) => one !== undefined)
      if (halved === undefined || others.every((one) => verdict(one) === verdict(strategy)))
        return []
      const levels = {
        level: strategy.risk.level,
        halved: halved.risk.level,
        ...(doubled === undefined ? {} : { doubled: doubled.risk.level }),
      }
      const finding = found('assumption-decides', 'warning')
      return [{ ...finding, strategy: id, assumption: kind, paths, ...levels }]
    })
}

function isNamed(kind: Doubt['kind'] | 'minFree'): kind is Assumed {
  return kind !== 'private' && kind !== 'reserve'
}

/** True where that many bytes more or less of demand or capacity could change a level. */
function mayTurn({ host }: Workload, { memory, risk }: PlannedStrategy, weight: number): boolean {
  const { headroomBytes, capacityBytes } = memory
  const edges = [host.memory / 10, 0, -host.swap].map((edge) => headroomBytes - edge)
  const inside = risk.cgroups.flatMap((cgroup) => {
    const left = cgroup.headroomBytes
    return [left - cgroup.limitBytes / 10, left, left + host.swap]
  })
  const unswappable = capacityBytes - risk.unswappableBytes
  return [...edges, ...inside, unswappable].some((distance) => Math.abs(distance) <= weight)
}

function ofMinFree(workload: Workload) {
  const { host } = workload
  if (host.minFree !== undefined) return []
  const watermark = minWatermark(host)
  return [
    {
      kind: 'minFree' as const,
      paths: ['host.minFree'],
      weight: watermark,
      times: (changed: Workload, factor: number): Workload => ({
        ...changed,
        host: { ...changed.host, minFree: bytes(Math.floor(watermark * factor)) },
      }),
      grows: true,
    },
  ]
}
