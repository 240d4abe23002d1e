import { isOnBasePages } from '../../sharing/as-described.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { describedStrategy } from '../../sharing/catalogue.ts'
import { areAlikeBut } from '../../units/alike.ts'
import { remembering } from '../../units/remembered.ts'
import type { Group } from '../../workload/group.ts'
import type { Host } from '../../workload/host.ts'
import type { Workload } from '../../workload/workload.ts'
import type { OutcomeLaw } from './outcome-law.ts'
import { lawOf } from './outcome-law.ts'
import type { Sample } from './outcomes-in-line.ts'
import { outcomeInLine } from './outcomes-in-line.ts'
import type { Outcome } from './strategy-result.ts'

/**
 * The outcome of a strategy for a workload, worked out once for all who ask: limits, advice and findings
 * look at the same numbers of processes and sizes of memory. What follows from plans that were made is
 * not planned. Where everything is on base pages, it is
 * the same under both strategies that leave it there.
 * @param make works it out; `undefined` where the strategy does not apply.
 */
export function rememberedOutcome(
  named: NamedStrategy,
  workload: Workload,
  make: () => Outcome | undefined,
): Outcome | undefined {
  const known = knownOf(named, workload)
  const { outcomes } = known
  const numbers = numbersOf(workload)
  if (outcomes.has(numbers)) return outcomes.get(numbers)
  const law = (): OutcomeLaw => (known.law ??= lawOf(named, workload))
  const inLine = outcomeInLine(known.samples, workload, law)
  const outcome = inLine ?? make()
  if (inLine === undefined && outcome !== undefined) {
    // The first is of the workload as it is, which every question begins with.
    if (known.samples.length === mostSamples) known.samples.splice(1, 1)
    known.samples.push({ workload, outcome })
  }
  if (outcomes.size === mostKnown) outcomes.clear()
  outcomes.set(numbers, outcome)
  return outcome
}

interface Known {
  /** By the numbers that may be others. */
  readonly outcomes: Map<string, Outcome | undefined>
  /** Plans that were made, which others are worked out by. */
  readonly samples: Sample[]
  law?: OutcomeLaw
}

/** More than are asked for again; a search with many cgroups would hold much memory. */
const mostKnown = 200

/** Two for each question, and the questions come one after another. */
const mostSamples = 6

interface Last {
  workload?: Workload
  known: Known
}

function nothingKnown(): Known {
  return { outcomes: new Map(), samples: [] }
}

const lastByRegions = remembering<Workload['regions'], Map<string, Last>>()

function knownOf(named: NamedStrategy, workload: Workload): Known {
  const byStrategy = lastByRegions(workload.regions, [], () => new Map())
  const isPlain = named.kind === 'base' && isOnBasePages(workload)
  const { id } = isPlain ? describedStrategy : named
  const last: Last = byStrategy.get(id) ?? { known: nothingKnown() }
  byStrategy.set(id, last)
  if (last.workload === undefined || !isAlike(last.workload, workload)) last.known = nothingKnown()
  last.workload = workload
  return last.known
}

function numbersOf({ host, groups }: Workload): string {
  return [host.memory, ...groups.map(({ processes }) => processes)].join(' ')
}

function isAlike(before: Workload, workload: Workload): boolean {
  return (
    before === workload ||
    (workload.groups.length === before.groups.length &&
      areAlikeBut(before, workload, countedWorkload) &&
      areAlikeBut(before.host, workload.host, countedHost) &&
      workload.groups.every((group, g) => {
        const was = before.groups[g]
        return was !== undefined && areAlikeBut(was, group, countedGroup)
      }))
  )
}

const countedWorkload: ReadonlySet<keyof Workload> = new Set(['host', 'groups'])

const countedHost: ReadonlySet<keyof Host> = new Set(['memory'])

const countedGroup: ReadonlySet<keyof Group> = new Set(['processes'])
