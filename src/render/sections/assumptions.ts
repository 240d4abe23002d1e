import type { Result } from '../../plan/result/result.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging, wrap } from '../text/wrap.ts'

type Assumption = Result['assumptions'][number]

/** First or last parts of the paths whose defaults weigh in the answer. */
const weighty: ReadonlySet<string> = new Set([
  'baseTables',
  'kernelMemory',
  'touched',
  'layout',
  'kernel',
  'minFree',
  'counters',
  'pageTables',
  'faults',
])

/** What weighs, each with its source; the other defaults in one paragraph, so none is hidden. */
export function assumptions(result: Result, ink: Ink, verbose: boolean): readonly string[] {
  const weighs = ({ path, stated }: Assumption) =>
    verbose ||
    stated === true ||
    weighty.has(lastPart(path)) ||
    weighty.has(path.split('.', 1)[0] ?? '')
  const shown = [...bySaying(result.assumptions.filter(weighs)).values()]
  const folded = result.assumptions.filter((each) => !weighs(each))
  return [
    ...shown.flatMap((alike) => sourced(alike, ink)),
    ...(folded.length === 0
      ? []
      : wrap(`Other defaults used: ${list(folded, ink)}.`, widthOf(ink))),
  ]
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

function list(all: readonly Assumption[], ink: Ink): string {
  const byParent = groupedBy(all, (each) => parent(each.path))
  return [...byParent]
    .map(([path, fields]) => {
      const values = fields.map((each) => `${lastPart(each.path)} ${each.value}`).join(', ')
      return named(path === '' ? values : `${path}: ${values}`, ink)
    })
    .join('; ')
}

function groupedBy(
  all: readonly Assumption[],
  keyOf: (each: Assumption) => string,
): ReadonlyMap<string, readonly Assumption[]> {
  const groups = new Map<string, Assumption[]>()
  for (const each of all) {
    const key = keyOf(each)
    const alike = groups.get(key)
    if (alike === undefined) groups.set(key, [each])
    else alike.push(each)
  }
  return groups
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
