import type { Result } from '../../plan/result/result.ts'
import { groupedBy } from '../../units/grouped.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging, wrap } from '../text/wrap.ts'

type Assumption = Result['assumptions'][number]

/** Each value that was assumed, with its source; equal ones are said once. */
export function assumptions(result: Result, ink: Ink): readonly string[] {
  return [...bySaying(result.assumptions).values()].flatMap((alike) => sourced(alike, ink))
}

function sourced(alike: readonly Assumption[], ink: Ink): readonly string[] {
  const [first] = alike
  if (first === undefined) return []
  const paths = alike.map((each) => named(each.path, ink)).join(', ')
  const head = wrap(`${paths} = ${named(first.value, ink)}`, widthOf(ink))
  return [
    ...head.map(brushesOf(ink).aside),
    ...hanging('  ', worded(first.source, ink), widthOf(ink)),
  ]
}

/** The same field with the same value and source, as in many groups, is said once. */
function bySaying(all: readonly Assumption[]): ReadonlyMap<string, readonly Assumption[]> {
  return groupedBy(all, (each) => JSON.stringify([lastPart(each.path), each.value, each.source]))
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
