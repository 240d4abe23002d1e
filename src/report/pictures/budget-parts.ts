import { budgetLabel, budgetWords } from '../../plan/result/budget-label.ts'
import type { BudgetLine, Memory } from '../../plan/result/memory-result.ts'
import type { PlannedStrategy } from '../../plan/result/result.ts'
import { formatCount } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'

/** A stretch of the bar: what takes so many bytes of memory, or what is left. */
export interface BudgetPart {
  readonly label: string
  readonly bytes: number
  /** How it is drawn. */
  readonly kind: BudgetLine['kind'] | 'headroom'
  /** Where the figure comes from; absent for sums. */
  readonly origin?: BudgetLine['origin']
}

/** Parts of one kind that are drawn and listed one by one; the others of that kind are one part. */
const mostAlike = 5

/** Everything that takes memory, what is set aside first, page tables last; then what is left. */
export function budgetParts({ memory }: Pick<PlannedStrategy, 'memory'>): readonly BudgetPart[] {
  const taken = memory.lines
    .filter(({ side, kind }) => side !== 'beside' && kind !== 'memory')
    .map(
      (line): BudgetPart => ({
        label: budgetLabel(line),
        bytes: line.side === 'supply' ? -line.bytes : line.bytes,
        kind: line.kind,
        origin: line.origin,
      }),
    )
    .filter(({ bytes }) => bytes > 0)
  const tables = taken.filter(({ kind }) => kind === 'page-tables')
  const others = joined(taken.filter(({ kind }) => kind !== 'page-tables'))
  const { headroomBytes } = memory
  return [
    ...others,
    ...tables,
    ...(headroomBytes > 0
      ? [{ label: 'headroom', bytes: headroomBytes, kind: 'headroom' } as const]
      : []),
  ]
}

/** What the bar is measured by: all memory. */
export function memoryBytesOf({ lines }: Memory): number {
  return sumBy(
    lines.filter(({ kind, side }) => kind === 'memory' && side === 'supply'),
    ({ bytes }) => bytes,
  )
}

/** The largest of each kind, in their order, and the rest of that kind as one. */
function joined(parts: readonly BudgetPart[]): readonly BudgetPart[] {
  const kinds = [...new Set(parts.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const alike = parts.filter((part) => part.kind === kind)
    if (alike.length <= mostAlike + 1) return alike
    const large = new Set(alike.toSorted((a, b) => b.bytes - a.bytes).slice(0, mostAlike))
    const rest = alike.filter((part) => !large.has(part))
    const more: BudgetPart = {
      label: `${formatCount(rest.length)} more of ${kind === 'headroom' ? kind : budgetWords[kind]}`,
      bytes: sumBy(rest, ({ bytes }) => bytes),
      kind,
    }
    return [...alike.filter((part) => large.has(part)), more]
  })
}
