import { firstHolding } from '../../units/first-holding.ts'
import type { Standing } from '../result/outlook.ts'

/** Two neighbours with different risk. */
export interface Change {
  readonly from: { readonly tick: number; readonly risk: Standing }
  readonly to: { readonly tick: number; readonly risk: Standing }
  /** False where a plan between the two could not be made. */
  readonly exact: boolean
}

type End = Change['from']

/**
 * Where the risk changes between two values with different risks: every pair is found by halves on
 * the plan itself. A level that comes and goes between the two is not seen.
 * @param step of the values that are tried.
 * @param riskAt `undefined` where nothing can be planned.
 */
export function changesBetween(
  first: End,
  last: End,
  step: number,
  riskAt: (tick: number) => Standing | undefined,
): readonly Change[] {
  const changes: Change[] = []
  let low = first
  // Worse by a level at most three times, and better again: more says that something wavers.
  while (low.risk !== last.risk && changes.length < mostChanges) {
    const change = nextChange(low, last, step, riskAt)
    changes.push(change)
    if (!change.exact) break
    low = change.to
  }
  return changes
}

const mostChanges = 12

function nextChange(
  low: End,
  last: End,
  step: number,
  riskAt: (tick: number) => Standing | undefined,
): Change {
  const { risk } = low
  const steps = Math.ceil((last.tick - low.tick) / step)
  const tickAt = (place: number): number => Math.min(last.tick, low.tick + place * step)
  const seen = new Map<number, Standing | undefined>([[steps, last.risk]])
  const at = (place: number): Standing | undefined => {
    if (!seen.has(place)) seen.set(place, riskAt(tickAt(place)))
    return seen.get(place)
  }
  const place = firstHolding(1, steps, (candidate) => at(candidate) !== risk)
  const found = at(place)
  if (found === undefined) return { from: low, to: last, exact: false }
  return {
    from: { tick: place === 1 ? low.tick : tickAt(place - 1), risk },
    to: { tick: tickAt(place), risk: found },
    exact: true,
  }
}
