import { residentMemory } from '../../host/resident.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { bytes } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import { copiesOf } from '../../workload/copies.ts'
import { mappersOf } from '../../workload/mappers.ts'
import type { Region } from '../../workload/region.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import { standingOf } from '../result/outlook.ts'
import { refusalIn } from '../result/refusal.ts'
import type { Sensitivity } from '../result/what-if/sensitivity-result.ts'
import { tryPlan } from '../strategy/plans.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import type { IsAssumed } from './doubts.ts'
import { doubtsOf } from './doubts.ts'

/**
 * The answer with half of everything that is assumed where it is not safe, else with twice as much.
 * @returns `undefined` where nothing is assumed, or a number passes 2^53 − 1.
 */
export function sensitivityOf(
  workload: Workload,
  { named, arranged, result }: Planned,
  assumptions: readonly Assumption[],
): Sensitivity | undefined {
  const doubts = doubtsOf(workload, assumedAmong(assumptions))
  if (doubts.length === 0) return undefined
  const factor = standingOf(result) === 'safe' ? 2 : 0.5
  const changed = doubts.reduce(
    (so, { times }) => times(so, factor),
    factor < 1 ? stillResident(workload, arranged) : workload,
  )
  const outcome = tryPlan(changed, named)
  if (outcome === undefined) return undefined
  const refusal = refusalIn(outcome.memory)
  return {
    factor,
    assumed: doubts.map(({ amount }) => amount),
    riskLevel: outcome.risk.level,
    ...(refusal === undefined ? {} : { refusal }),
    headroomBytes: outcome.memory.headroomBytes,
    pageTableBytes: outcome.pageTables.bytes,
  }
}

/** Whether a path, or a part of what stands there, was assumed. */
export function assumedAmong(assumptions: readonly Assumption[]): IsAssumed {
  const paths = new Set(assumptions.flatMap(({ path }) => [path, path.replace(inTouched, '$1')]))
  return (path) => paths.has(path)
}

/** The order of ranks is no amount. */
const inTouched = /(\.touched)[.[](?!zipf\.order$).*$/

/**
 * Memory that several processes share stays as large, whoever touches it: that one of them touches
 * less does not empty it.
 */
function stillResident(workload: Workload, planned: Arranged): Workload {
  const today = new Map(
    residentMemory(planned.workload, planned.arrangement).map(({ region, onceBytes }) => [
      region.name,
      Math.floor(onceBytes / copiesOf(region)),
    ]),
  )
  const regions = workload.regions.map((region) => {
    const before = Math.min(today.get(region.name) ?? 0, region.size)
    if (before === 0 || !isShared(workload, region)) return region
    if (region.resident !== undefined && !region.resident.atLeast) return region
    const least = Math.max(before, region.resident?.bytes ?? 0)
    return { ...region, resident: { bytes: bytes(least), atLeast: true } }
  })
  return { ...workload, regions }
}

function isShared(workload: Workload, { name, backing }: Region): boolean {
  const mapping = new Set(mappersOf(workload, name).map(({ group }) => group))
  const sharers = sumBy(mapping, (index) => {
    const group = workload.groups[index]
    return group === undefined ? 0 : group.processes / copiesOf(group)
  })
  return sharers > 1 && backing !== 'anonymous'
}
