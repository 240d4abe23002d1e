import { formatBytes } from '../../units/format.ts'
import { frameBytes } from '../files/mapping.ts'
import { kib } from '../files/memory-text.ts'
import { numbered, processesOf } from '../files/numbered.ts'
import type { Counts, Observation, SeenObject } from '../machine/observation.ts'
import type { Completed } from './base-tables.ts'
import type { CapturedScenario } from './captured-scenario.ts'

/** The comment that opens a captured scenario: captured processes, others, and consequences. */
export function headerComment(
  seen: Observation,
  captured: CapturedScenario,
  completed: Completed,
): readonly string[] {
  const from = seen.live ? 'the running machine' : 'a copy of /proc'
  return [
    `Captured by mshare-plan from ${from}. The comment after each value names its source.`,
    `Captured: ${processesOf(seen.processes.length)} in ${numbered(captured.groups.length, 'group')}.`,
    ...others(seen),
    ...foldedLine(captured.regions.folded),
    ...linkedLine(seen, completed.linkedBytes),
    ...noteLines([...seen.refusals, ...captured.annotated.remarks]),
  ]
}

/** Repeats the remarks of standard error. */
export function noteLines(remarks: readonly string[]): readonly string[] {
  return remarks.map((one) => `Note: ${one}.`)
}

const reasons: readonly (readonly [key: keyof Counts, one: string, several?: string])[] = [
  ['kernelThreads', 'kernel thread', 'kernel threads'],
  ['zombies', 'zombie', 'zombies'],
  [
    'sharing',
    'that shares its address space with another',
    'that share an address space with another',
  ],
  ['threads', 'thread of other processes', 'threads of other processes'],
  ['vanished', 'that ended during the capture'],
  ['refused', 'that could not be read'],
]

function others({ counts, elsewhere }: Observation): readonly string[] {
  const left = reasons.flatMap(([key, one, several = one]) =>
    counts[key] === 0 ? [] : [numbered(counts[key], one, several)],
  )
  const chosen =
    elsewhere.processes === 0
      ? []
      : [numbered(elsewhere.processes, 'that was not selected', 'that were not selected')]
  const all = [...chosen, ...left]
  return all.length === 0 ? [] : [`Not captured: ${all.join(', ')}.`]
}

function foldedLine(folded: readonly SeenObject[]): readonly string[] {
  if (folded.length === 0) return []
  const size = folded.reduce((sum, { frames }) => sum + frames, 0) * frameBytes
  return [
    `In baseTables: the tables of ${numbered(folded.length, 'shared object')} with ${formatBytes(size)} in all, each smaller than the span of one table, or beyond the 64 largest.`,
  ]
}

/** Why VmPTE can add up to more than there is. */
function linkedLine({ files }: Observation, linked: number): readonly string[] {
  if (linked <= 0) return []
  const pageTables = kib(files.get('proc/meminfo') ?? '', 'PageTables')
  const beside =
    pageTables === undefined ? '' : ` (PageTables is ${formatBytes(pageTables * 1024)})`
  return [
    `Processes share pmd tables of huge pages: VmPTE counts them in each process, ${formatBytes(linked)} more in total than exists; PageTables counts them once${beside}.`,
  ]
}
