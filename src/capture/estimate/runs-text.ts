import type { TouchedText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'

/** Pages of a mapping, from one up to another. */
export type Run = readonly [from: number, to: number]

/** Runs of pages that are written out, unless more are needed to name each span. */
export const mostRuns = 1000

/**
 * The set that the runs are.
 * @param pages those of the mapping.
 * @param page bytes of one.
 */
export function runsText(runs: readonly Run[], pages: number, page: number): TouchedText {
  const [only, another] = runs
  if (only === undefined || another !== undefined || only[0] !== 0) {
    return { pages: runs.map(([from, to]) => runText(from, to)).join() }
  }
  return only[1] === pages ? 'all' : { first: writeSize(bytes(only[1] * page)) }
}

function runText(from: number, to: number): string {
  return to - from === 1 ? String(from) : `${from}-${to - 1}`
}
