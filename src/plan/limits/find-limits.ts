import type { Named } from '../../workload/identity.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'
import type { LimitsResult } from '../result/limits-result.ts'
import { chartsOf } from './charts.ts'
import { growthOver } from './growth/grow.ts'
import { limitsOf } from './limits.ts'
import { refusedOf, withReasons } from './reasons.ts'
import type { Subject } from './variables.ts'

/** Which limits are asked for. */
export interface LimitsAsked {
  /** Ids of strategies; absent: all that the workload asks for. */
  readonly strategies?: readonly string[]
  /** Which numbers are searched, by metric, group and region; absent: all. */
  readonly isWanted?: (subject: Subject) => boolean
  /** With what grows as time passes, where the scenario has such; absent: without. */
  readonly withGrowth?: boolean
  /** With the figures of the pictures, which need more plans; absent: without. */
  readonly withCharts?: boolean
}

/**
 * How far a workload can grow before its risk gets worse, as `limits` answers it: most processes of each group,
 * largest size of each region, least memory. Every answer is a plan that was made.
 * @throws QuantityError when a number of the workload itself passes 2^53 − 1.
 */
export function findLimits(
  workload: Workload,
  named: Named,
  { strategies: ids, isWanted, withGrowth = false, withCharts = false }: LimitsAsked = {},
): LimitsResult {
  const strategies = withReasons(workload, limitsOf(workload, ids, isWanted))
  return {
    schema: 'mshare-plan/limits/1',
    scenario: identityOf(workload, named),
    strategies,
    refused: refusedOf(workload, ids, strategies),
    ...(withCharts ? { charts: chartsOf(workload, strategies) } : {}),
    ...(workload.growth === undefined || !withGrowth
      ? {}
      : growthOver(workload, {
          withPoints: withCharts,
          ...(ids === undefined ? {} : { strategies: ids }),
        })),
  }
}
