import type { Workload } from '../../workload/workload.ts'
import type { Consequence } from '../result/timeline/timeline-result.ts'
import { act } from './act.ts'
import { leftOnBasePages, withPages } from './pooled.ts'
import { withScenario } from './population.ts'
import type { State } from './state.ts'
import { initialState } from './state.ts'

/** The machine after a step, and what the step led to beside what it says. */
export interface Moment {
  readonly state: State
  readonly consequences: readonly Consequence[]
}

/**
 * The machine before the first step of a workload's timeline, and after each of them. What a group
 * and its regions are comes from the scenario; who runs, what is mapped and which tables exist follows from
 * the steps, as the kernel has it.
 */
export function momentsOf(workload: Workload): readonly Moment[] {
  let state = withPages(initialState(workload))
  const moments: Moment[] = [{ state, consequences: [] }]
  for (const { actions, scenario } of workload.timeline ?? []) {
    const consequences: Consequence[] = []
    const before = state
    if (scenario !== undefined) state = withScenario(state, scenario)
    for (const action of actions) {
      const after = act(state, action)
      consequences.push(...after.consequences)
      state = withPages(after.state)
    }
    consequences.push(...leftOnBasePages(before, state))
    moments.push({ state, consequences })
  }
  return moments
}
