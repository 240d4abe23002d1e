import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import type { RiskLevel } from '../../workload/gates.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Bound, Limit } from '../result/limit-result.ts'
import type { StrategyLimits } from '../result/limits-result.ts'
import { refusalIn } from '../result/refusal.ts'
import { planOrUnknown, tryPlan } from '../strategy/plans.ts'
import { roomWithin, stopOf } from '../strategy/stops.ts'
import type { PublishedOutcome } from '../strategy/strategy-result.ts'
import type { Look } from './search.ts'
import { lastHolding, lastWithRoom } from './search.ts'
import type { Subject, Variable } from './variables.ts'
import { variablesOf } from './variables.ts'

/**
 * Finds the limits of a workload over whole numbers on the model itself: every answer is what a
 * plan of it comes to.
 * @param ids strategies to ask; absent: all that the workload asks for.
 * @param isWanted which numbers to look for; absent: all.
 */
export function limitsOf(
  workload: Workload,
  ids?: readonly string[],
  isWanted: (subject: Subject) => boolean = () => true,
): readonly StrategyLimits[] {
  const asked = ids ?? workload.strategies
  return strategiesOf(workload.host.layout)
    .filter(({ id }) => asked === undefined || asked.includes(id))
    .flatMap((named) => {
      const planned = tryPlan(workload, named)
      if (planned === undefined) return []
      const refusal = refusalIn(planned.memory)
      return [
        {
          id: named.id,
          status: planned.status,
          level: planned.risk.level,
          ...(refusal === undefined ? {} : { refusal }),
          limits: variablesOf(workload)
            .filter(({ limit }) => isWanted(limit))
            .map((variable) => limitOf(named, variable, planned)),
        },
      ]
    })
}

/**
 * One limit of one strategy.
 * @param planned the outcome of the workload as it is.
 * @param each about as many bytes as one step takes, where that is known.
 */
export function limitOf(
  named: NamedStrategy,
  variable: Variable,
  planned: PublishedOutcome,
  each?: number,
): Limit {
  const levels = { safe: 'safe', tight: 'tight', swapping: 'swapping' } as const
  const track = trackOf(named, variable, planned)
  const guesses = [track.now]
  const bounds = Object.values(levels).flatMap((level) => {
    const bound = boundAt(track, level, guesses, each)
    return bound === undefined ? [] : [[level, bound] as const]
  })
  return { ...variable.limit, ...Object.fromEntries(bounds) }
}

type Attempt = PublishedOutcome | 'unknown' | undefined

/** The values of a variable in order: place 0 is the best, place `last` the worst. */
interface Track {
  readonly variable: Variable
  readonly last: number
  /** Where the scenario is now. */
  readonly now: number
  readonly valueAt: (place: number) => number
  /** `undefined` where nothing can be planned, `unknown` where numbers pass 2^53 − 1. */
  readonly planAt: (place: number) => Attempt
}

function trackOf(named: NamedStrategy, variable: Variable, planned: PublishedOutcome): Track {
  const { most, least, step, worsens } = variable
  const valueAt = (place: number): number => (worsens ? least + place : most - place) * step
  const steps = Math.floor(variable.limit.now / step)
  const now = worsens ? steps - least : most - steps
  // Every level asks at nearly the same places.
  const seen = new Map<number, Attempt>()
  if (valueAt(now) === variable.limit.now) seen.set(now, planned)
  const planAt = (place: number): Attempt => {
    if (!seen.has(place)) {
      seen.set(
        place,
        planOrUnknown(() => variable.with(valueAt(place)), named),
      )
    }
    return seen.get(place)
  }
  return { variable, last: most - least, now, valueAt, planAt }
}

/**
 * The last value, on the way to worse, at which the plan starts and is no worse than `level`: the
 * nearest to what there is now, where a pool that a region no longer fits into makes several.
 * @param guesses places to look at first; what is found is added.
 */
function boundAt(
  track: Track,
  level: RiskLevel,
  guesses: number[],
  each: number | undefined,
): Bound | undefined {
  const { last, valueAt, planAt } = track
  const found = lastWithin(track, level, guesses, each)
  if (found === undefined) return undefined
  guesses.push(found)
  const value = valueAt(found)
  const next = found === last ? undefined : planAt(found + 1)
  if (next === 'unknown') return { value, atLeast: true }
  const stop = next === undefined ? undefined : stopOf(next, level)
  return next === undefined || stop === undefined
    ? { value }
    : { value, next: next.risk.level, ...stop }
}

function lastWithin(
  { variable, last, now, valueAt, planAt }: Track,
  level: RiskLevel,
  guesses: readonly number[],
  each: number | undefined,
): number | undefined {
  const { hostAt } = variable
  // Some strategies need a process to plan for: nothing stops them without one, but that is no answer.
  const isEmpty = (place: number): boolean => place === 0 && planAt(place) === undefined
  const look = (place: number): Look => {
    const planned = planAt(place)
    if (planned === undefined || planned === 'unknown') {
      return { holds: isEmpty(place), room: undefined }
    }
    const host = hostAt?.(valueAt(place))
    return {
      holds: stopOf(planned, level) === undefined,
      room: host === undefined ? undefined : roomWithin(planned, level, host),
    }
  }
  const found =
    hostAt === undefined
      ? lastHolding((place) => look(place).holds, last, now)
      : lastWithRoom(look, last, guesses, each)
  return found === undefined || isEmpty(found) ? undefined : found
}
