import { riskLevels, severities } from '../../workload/gates.ts'
import { isDay } from './day.ts'
import { formed, sizeOrShare, word } from './fields.ts'
import { isFindingName, suggestFinding } from './finding-names.ts'
import type { GatesText, WaiverText } from './scenario-text.ts'
import type { Shape } from './shape.ts'
import { described, either, helped, list, optional } from './shape.ts'
import { strategyId } from './texts.ts'
import { gatedCases } from './what-if/cases-schema.ts'

const growthLimit = (): Shape<string> =>
  sizeOrShare('The most growth of page tables: a size, or a share of the baseline.')

export const gates: Shape<GatesText> = described(
  'Limits that the plan must meet; judged on one strategy.',
  {
    risk: optional(word('The worst risk level that passes.', riskLevels)),
    headroom: optional(sizeOrShare('The least headroom: a size, or a share of host memory.')),
    pageTables: optional(sizeOrShare('The most page tables: a size, or a share of host memory.')),
    residual: optional(
      sizeOrShare(
        'For verify only. The largest difference allowed between measured and predicted, for each group and for PageTables: a size, or a share of the measured value.',
      ),
    ),
    findings: optional(
      word('The lowest severity of a finding that fails without a waiver.', severities),
    ),
    growth: optional(
      helped(
        'The most growth of page tables over the baseline: a size, a share of it, or a list of both.',
        either<string | readonly string[]>(growthLimit(), list(growthLimit())),
      ),
    ),
    strategy: optional(strategyId('Id of the strategy that is judged. Default: as-described.')),
    cases: optional(gatedCases),
  },
)

/** One waiver, as a scenario and a saved result have it. */
export const waiver: Shape<WaiverText> = described('A finding that is accepted for a time.', {
  finding: formed(
    isFindingName,
    (written) => ({
      message: `no finding is called \`${written}\``,
      expected: 'the id of a finding, such as `MSP005`, or its kind',
      ...suggestFinding(written),
    }),
    { description: 'Id of the finding, as MSP005, or its kind.' },
  ),
  until: formed(
    isDay,
    (written) => ({
      message: `\`${written}\` is not a date`,
      expected: 'a date, such as `2027-01-31`',
    }),
    {
      description: 'The last day on which the waiver counts, in UTC: 2027-01-31.',
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    },
  ),
  reason: formed(
    (value) => value.trim() !== '',
    (written) => ({
      message: written.trim() === '' ? 'this is empty' : `\`${written}\` is not text`,
      expected: 'why the finding is accepted, in words',
    }),
    { description: 'Why it is accepted, in words.', minLength: 1 },
  ),
})

export const allow: Shape<readonly WaiverText[]> = helped(
  'Findings that are accepted until a day, with the reason. Default: none.',
  list(waiver),
)
