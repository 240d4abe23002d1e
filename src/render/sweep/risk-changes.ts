import type { RiskChange, SweepHead, SweptAxis } from '../../plan/result/what-if/sweep-result.ts'
import { exactBytes } from '../../units/format.ts'
import { groupedBy } from '../../units/grouped.ts'
import type { Ink } from '../text/ink.ts'
import { named } from '../text/ink.ts'
import { standingCell } from '../words/standing-words.ts'
import { axisValueWords } from '../words/what-if/sweep-words.ts'

/** Where the risk changes, in lines. */
export interface ChangeLines {
  readonly title: string
  /** One for each value of the other axis. */
  readonly lines: readonly string[]
  /** How many there are beyond these. */
  readonly more: number
}

/** Of the axis that was searched; `undefined` where the risk is the same everywhere. */
export function riskChanges(
  { axes }: SweepHead,
  changes: readonly RiskChange[],
  most: number,
  ink: Ink,
): ChangeLines | undefined {
  const axis = axes.find(({ path }) => path === changes[0]?.axis)
  if (axis === undefined) return undefined
  const other = axes.find(({ path }) => path !== axis.path)
  const groups = groupedBy(changes, ({ other: value }) => value)
  const lines = [...groups].slice(0, most).map(([value, found]) => {
    const [first] = found
    const parts = [
      `${standingCell(first?.from.risk)} ${first?.exact ? 'to' : 'at'} ${turnValue(first?.from.value ?? 0, axis)}`,
      ...found.map((change) => turnWords(change, axis)),
    ]
    const place = other === undefined ? '' : `${other.path}=${axisValueWords(value, other.unit)}: `
    return `${named(place, ink)}${parts.join(', ')}`
  })
  const isExact = changes.every(({ exact }) => exact)
  const title = `Risk by ${named(axis.path, ink)}${isExact ? ', exactly' : ''}`
  return { title, lines, more: groups.size - lines.length }
}

/** What the risk is from a value on: `oom from 358`. */
export function turnWords({ to, exact }: RiskChange, axis: SweptAxis): string {
  return `${standingCell(to.risk)} ${exact ? 'from' : 'at'} ${turnValue(to.value, axis)}`
}

/** Exact, because the value next to it is another. */
function turnValue(value: number, { unit }: SweptAxis): string {
  return unit === 'bytes' ? exactBytes(value) : axisValueWords(value, unit)
}

/** What follows where {@link RiskChange}s go both ways. */
export const turnsBack = 'The risk gets worse and then better again along this axis.'
