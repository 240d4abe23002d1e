import { riskLevels, severities } from '../../workload/gates.ts'
import type { Command } from '../output/formats.ts'
import type { OptionDeclaration } from './option.ts'
import { longName, wordsOf } from './option.ts'

/** A value put in place of what the scenario says. */
export interface Override {
  readonly path: string
  readonly value: string
  /** The option that says so, where it is not `--set`. */
  readonly option?: string
}

type GateOption =
  | 'maxRisk'
  | 'minHeadroom'
  | 'maxPageTables'
  | 'maxResidual'
  | 'failOn'
  | 'maxGrowth'

/** What each option puts in place of a gate of the scenario. */
export type GateOptions = { readonly [Name in GateOption]?: readonly Override[] }

const judging: readonly Command[] = ['plan', 'check', 'postmortem']

export const gateOptions: Readonly<Record<GateOption, OptionDeclaration<readonly Override[]>>> = {
  maxRisk: gate('risk', {
    flags: '--max-risk LEVEL',
    help: 'fail if the risk is worse than LEVEL',
    argument: wordsOf(riskLevels.filter((level) => level !== 'oom')),
    commands: judging,
  }),
  minHeadroom: gate('headroom', {
    flags: '--min-headroom AMOUNT',
    help: 'fail if headroom is below AMOUNT, such as 10% or 8GiB',
    commands: judging,
  }),
  maxPageTables: gate('pageTables', {
    flags: '--max-page-tables AMOUNT',
    help: 'fail if page tables exceed AMOUNT, such as 5% or 16GiB',
    commands: judging,
  }),
  maxResidual: gate('residual', {
    flags: '--max-residual AMOUNT',
    help: 'fail if measured and predicted page tables differ by more than AMOUNT, such as 2% or 64MiB',
    commands: ['verify'],
  }),
  failOn: gate('findings', {
    flags: '--fail-on SEVERITY',
    help: 'fail if a finding reaches SEVERITY',
    argument: wordsOf(severities.toReversed()),
    commands: judging,
  }),
  maxGrowth: {
    flags: '--max-growth AMOUNT',
    help: 'fail if page tables grow over the baseline by more than AMOUNT, such as 5% or 2GiB',
    argument: { kind: 'free' },
    commands: ['plan', 'check'],
    isRepeatable: true,
    read: growthLimits,
  },
}

/** What the gates of the command line put in place of those of the scenario. */
export function gateOverrides(options: GateOptions): readonly Override[] {
  const names = Object.keys(gateOptions) as readonly GateOption[]
  return names.flatMap((name) => options[name] ?? [])
}

function gate(
  metric: string,
  described: Pick<OptionDeclaration<unknown>, 'flags' | 'help' | 'commands'> &
    Partial<Pick<OptionDeclaration<unknown>, 'argument'>>,
): OptionDeclaration<readonly Override[]> {
  const [option, path] = [longName(described.flags), `gates.${metric}`]
  return {
    argument: { kind: 'free' },
    ...described,
    isRepeatable: false,
    read: (texts) => [{ option, path, value: texts.at(-1) ?? '' }],
  }
}

/** The limits of the command line, in place of all that the scenario has. */
function growthLimits(texts: readonly string[]): readonly Override[] {
  const [option, path] = ['--max-growth', 'gates.growth']
  return [
    { option, path, value: '[]' },
    ...texts.map((value, index) => ({ option, path: `${path}[${index}]`, value })),
  ]
}
