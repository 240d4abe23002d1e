import type { RangesAsked } from '../../../src/plan/ranges/plan-ranged.ts'
import { planRanged } from '../../../src/plan/ranges/plan-ranged.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import type { Ranges } from '../../../src/plan/result/what-if/ranges-result.ts'
import type { RangedScenario } from '../../../src/scenario/ranged-scenario.ts'
import { rangedScenario } from '../../../src/scenario/ranged-scenario.ts'
import { numberAt } from '../../../src/units/ticks.ts'

export type Planned = Result & { readonly ranges: Ranges }

/** A scenario that is right and has a range. */
export function rangedIn(text: string): RangedScenario {
  const scenario = rangedScenario(text, 'ranged.yaml')
  if (scenario?.ok !== true) throw new RangeError(JSON.stringify(scenario))
  return scenario
}

export function askedOf(
  { ranges, at }: RangedScenario,
  options: Partial<Pick<RangesAsked, 'command' | 'sampling'>> = {},
): RangesAsked {
  return {
    inputs: ranges.map(({ places, unit, ...range }) => ({
      places,
      unit,
      range,
      publish: (tick: number) => numberAt(unit, tick),
    })),
    read: at,
    about: { name: 'ranged' },
    command: 'plan',
    sampling: { samples: 64, seed: 1 },
    ...options,
  }
}

export function plannedRanges(text: string, options: Parameters<typeof askedOf>[1] = {}): Planned {
  const result = planRanged(askedOf(rangedIn(text), options))
  if ('impossible' in result || result.ranges === undefined) throw new RangeError('not planned')
  return { ...result, ranges: result.ranges }
}
