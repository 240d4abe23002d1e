import type { MappedPart } from './captured-process.ts'

/** More mappings of one process are no longer read by people. */
const mostOfGroup = 1000
/** Values of mappings that a scenario can hold, roughly: readers refuse larger files. */
const mostValues = 120_000
/** Words and signs in the text of a mapping, of its source, and of a run of touched pages. */
const [ofMapping, ofRun] = [60, 10]
/** A set with more runs is written as a number. */
const mostRuns = 10_000

/**
 * The mappings that become text: of all groups those with the most tables, as far as a scenario
 * can hold them. The tables of the others stay in baseTables, being part of VmPTE.
 */
export function writtenMappings(
  groups: readonly (readonly MappedPart[])[],
): ReadonlySet<MappedPart> {
  const ranked = groups
    .flatMap((parts) => parts.toSorted(byTables).slice(0, mostOfGroup))
    .toSorted(byTables)
  const written = new Set<MappedPart>()
  let values = 0
  for (const part of ranked) {
    values += valuesOf(part)
    if (values <= mostValues) written.add(part)
  }
  return written
}

function byTables(left: MappedPart, right: MappedPart): number {
  return tablesOf(right) - tablesOf(left)
}

function tablesOf({ touch }: MappedPart): number {
  return touch.kind === 'exact' ? touch.spans.count : touch.most
}

function valuesOf({ touch }: MappedPart): number {
  const runs = touch.kind === 'exact' ? touch.spans.runs.length / 2 : 0
  return ofMapping + ofRun * Math.min(runs, mostRuns)
}
