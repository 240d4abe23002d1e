import type { Finding } from '../../../plan/result/finding.ts'
import type { GateMetric } from '../../../plan/result/gate-result.ts'
import type { Term } from './term.ts'

const page = 'gates'

/** Gates whose metric is no column of the comparison. */
export const metricTerms: Readonly<
  Record<Exclude<GateMetric, 'risk' | 'headroom' | 'pageTables'>, Term>
> = {
  findings: {
    name: 'findings',
    also: ['finding'],
    meaning:
      'A fact about the plan that may surprise: an id, a severity and numbers. error breaks the plan, warning may break it, note explains. As a gate: no finding of that severity, or worse, without a waiver.',
    source: 'gates.findings of the scenario, or --fail-on',
    page,
  },
  growth: {
    name: 'growth',
    meaning:
      'Page tables now, less those of the baseline. Without --max-growth they may not grow at all.',
    unit: 'bytes, or a share of the baseline',
    formula: 'page tables − page tables of the baseline',
    source: '--baseline and --max-growth',
    numbers: 'gates.',
    page,
  },
  riskGrowth: {
    name: 'risk against the baseline',
    also: ['risk growth'],
    meaning: 'The risk may be no worse than that of the baseline.',
    source: '--baseline',
    page,
  },
}

/** Severities of findings. */
export const severityTerms: Readonly<Record<Finding['severity'], Term>> = {
  error: {
    name: 'error',
    meaning:
      'The severity of a finding that breaks the plan: the server does not hold, or does not start.',
    page: 'screen',
  },
  warning: {
    name: 'warning',
    meaning: 'The severity of a finding that may break the plan.',
    page: 'screen',
  },
  note: {
    name: 'note',
    meaning: 'The severity of a finding that explains the figures.',
    page: 'screen',
  },
}

/** Columns of the gates, and what their lines say. */
export const gateTerms: readonly Term[] = [
  {
    name: 'gate',
    also: ['gates'],
    meaning:
      'A limit that one strategy must meet, in the scenario or as a flag. A gate that does not hold ends the program with status 1.',
    source: 'gates of the scenario; --max-risk, --min-headroom, --max-page-tables, --fail-on',
    numbers: 'gates.',
    page,
  },
  {
    name: 'limit',
    meaning: 'The figure that a gate asks for. For a cgroup: the memory that it may use.',
    source: 'gates or host.cgroups of the scenario',
    page,
  },
  {
    name: 'actual',
    meaning:
      'The figure of the plan that a gate compares with its limit. Without a figure the gate does not hold.',
    page,
  },
  {
    name: 'margin',
    meaning: 'How far the actual figure is inside the limit; negative if it is outside.',
    unit: 'bytes, a share, or levels',
    formula: 'actual − limit for headroom; limit − actual otherwise',
    numbers: 'margin',
    page,
  },
  {
    name: 'holds',
    also: ['fails', 'ok', 'FAIL'],
    meaning:
      'Whether a gate is met: holds or ok, FAILS or FAIL. A figure that is unknown never passes.',
    page,
  },
  {
    name: 'verdict',
    also: ['pass'],
    meaning:
      'pass: every gate holds. fail: some gate does not. none: no gate was set. The first line of the screen is the verdict on memory: SAFE, TIGHT, SWAPS, OUT OF MEMORY or CANNOT START.',
    page,
  },
  {
    name: 'baseline',
    meaning: 'A saved result of the same scenario that a run is compared with.',
    source: '--baseline FILE',
    page,
  },
  {
    name: 'waiver',
    also: ['waivers', 'waived', 'allow'],
    meaning:
      'A finding that is accepted until a day, with a reason. Until that day ends, in UTC, it fails no gate.',
    source: 'allow of the scenario',
    page,
  },
]
