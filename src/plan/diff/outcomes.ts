import { describedStrategy } from '../../sharing/catalogue.ts'
import type { GateResult } from '../result/gate-result.ts'
import type { Both, CaseChange, GrowthDays } from '../result/what-if/diff-result.ts'
import type { Compared, ComparedGrowth } from './figures.ts'
import { both, isEqual, planChange, planIn } from './figures.ts'

/** Cases as described whose figures or risk are others. */
export function caseChanges(
  { cases: before = [] }: Compared,
  { cases: after = [] }: Compared,
): readonly CaseChange[] {
  const names = new Set([...after, ...before].map(({ name }) => name))
  return [...names].flatMap((name) => {
    const [was, is] = [before, after].map((cases) => {
      const found = cases.find((one) => one.name === name)
      return found && planIn(found, describedStrategy.id)
    })
    const change = planChange(was, is)
    return Object.values(change).every(isEqual) ? [] : [{ name, ...change }]
  })
}

/** Days on which strategies become others, where one of them is another. */
export function growthChanges(
  { growth: before }: Compared,
  { growth: after }: Compared,
): readonly GrowthDays[] {
  const ids = new Set([after, before].flatMap((one) => one?.strategies ?? []).map(({ id }) => id))
  return [...ids].flatMap((id): GrowthDays[] => {
    const [was, is] = [before, after].map((one) => one?.strategies.find((each) => each.id === id))
    const days = {
      notSafeFrom: both(was?.notSafeFrom, is?.notSafeFrom),
      swapsFrom: both(was?.swapsFrom, is?.swapsFrom),
      diesFrom: both(was?.diesFrom, is?.diesFrom),
      safeAgainFrom: both(was?.safeAgainFrom, is?.safeAgainFrom),
    }
    const until = both(was && lastDay(was, before), is && lastDay(is, after))
    return Object.values(days).every(isEqual) ? [] : [{ id, until, ...days }]
  })
}

function lastDay(
  { end }: ComparedGrowth['strategies'][number],
  growth: ComparedGrowth | undefined,
): string | undefined {
  return end?.date ?? growth?.until
}

/** Gates that fail on one side at least, with what they find on both. */
export function failingGates(
  { gates: before = [] }: Compared,
  { gates: after = [] }: Compared,
): readonly Both<GateResult>[] {
  const keys = new Set([...after, ...before].map(keyOf))
  return [...keys].flatMap((key) => {
    const [was, is] = [before, after].map((gates) => gates.find((gate) => keyOf(gate) === key))
    return was?.holds === false || is?.holds === false ? [both(was, is)] : []
  })
}

/** One metric has several gates only of growth, each with its limit. */
function keyOf({ metric, case: name = '', strategy, unit, limit }: GateResult): string {
  return JSON.stringify([metric, name, strategy, ...(metric === 'growth' ? [unit, limit] : [])])
}
