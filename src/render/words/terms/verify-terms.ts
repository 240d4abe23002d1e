import type { Term } from './term.ts'

const page = 'verify'

/** Columns and words of verify. */
export const verifyTerms: readonly Term[] = [
  {
    name: 'predicted',
    meaning: 'The counter as the plan has it, for the processes that were measured.',
    unit: 'bytes',
    page,
  },
  {
    name: 'residual',
    also: ['residual of'],
    meaning:
      'The difference between counter and plan; negative if the plan says more. Its causes are listed below the table. As a gate: the largest residual that passes, whatever its sign.',
    unit: 'bytes',
    formula: 'measured − predicted',
    source: '--max-residual, or gates.residual of the scenario',
    page,
  },
  {
    name: 'residual %',
    meaning: 'The residual as a share of what was measured.',
    formula: '(measured − predicted) / measured',
    page,
  },
  {
    name: 'planned',
    meaning:
      'The forecast of the chosen strategy: VmPTE of one process, an average of those that run; or huge pages of a pool.',
    page,
  },
  {
    name: 'planned on',
    also: ['found on'],
    meaning:
      'The pages of a region: as the strategy of the forecast puts it, and as the machine has it now.',
    page,
  },
  {
    name: 'size',
    meaning: 'The size of a region in the forecast.',
    unit: 'bytes',
    page,
  },
  {
    name: 'page',
    meaning: 'The size of the huge pages in a pool.',
    unit: 'bytes',
    page,
  },
  {
    name: 'in use',
    meaning: 'Huge pages of the pool that memory uses now.',
    formula: 'HugePages_Total − HugePages_Free',
    page,
  },
  {
    name: 'part',
    meaning:
      'One part of the predicted PageTables: VmPTE of the groups, VmPTE of other processes, and levels or shared tables that the two counters count differently.',
    unit: 'bytes',
    page,
  },
  {
    name: 'elsewhere',
    meaning: 'Processes that are in no group of the scenario, with their measured VmPTE.',
    source: 'measured.elsewhere of the scenario',
    page,
  },
  {
    name: 'unexplained',
    meaning: 'The part of a residual that no known cause accounts for.',
    unit: 'bytes',
    formula: 'residual − Σ causes',
    page,
  },
  {
    name: 'not verified',
    also: ['fitted'],
    meaning:
      'The base tables of the group were worked out from its own VmPTE, so the two agree whatever the plan is. No gate holds for it.',
    source: 'measured.groups.G.fitted of the scenario',
    page,
  },
]
