import type { Term } from './term.ts'

const page = 'timeline'

/** What happens step by step, and what may happen. */
export const timelineTerms: readonly Term[] = [
  {
    name: 'step',
    meaning:
      'One step of the timeline, by its number and its name. Step 0 is the scenario before the first one.',
    page,
  },
  {
    name: 'peak',
    meaning: 'The most page tables after any step. The first step with that many counts.',
    unit: 'bytes',
    formula: 'largest pageTables.bytes of all steps',
    page,
  },
  {
    name: 'least headroom',
    meaning: 'The least headroom after any step. The first step with that little counts.',
    unit: 'bytes',
    formula: 'smallest headroomBytes of all steps',
    page,
  },
  {
    name: 'events',
    meaning:
      'The actions of a step and their consequences, such as memory that is unmapped for all.',
    page,
  },
  {
    name: 'case',
    meaning:
      'The scenario with the values of one of its cases, planned like any other; `as written` is the scenario itself.',
    source: 'cases of the scenario',
    page: 'what-if',
  },
]
