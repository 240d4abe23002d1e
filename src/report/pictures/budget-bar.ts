import type { PlannedStrategy } from '../../plan/result/result.ts'
import { givenBytes } from '../../render/text/amounts.ts'
import { cutLong } from '../../render/text/width.ts'
import { formatBytes, formatShare } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { table } from '../markup/table.ts'
import type { BudgetPart } from './budget-parts.ts'
import { budgetParts, memoryBytesOf } from './budget-parts.ts'
import { rounded } from './frame.ts'

const width = 760
const height = 84
/** A part narrower than this has no name in the bar. */
const narrowestName = 96

/** The budget of one strategy as one bar: what takes memory, where memory ends, what is left or short. */
export function budgetBar(strategy: PlannedStrategy): Tagged {
  const parts = budgetParts(strategy)
  const memory = memoryBytesOf(strategy.memory)
  const total = Math.max(
    memory,
    sumBy(parts, ({ bytes }) => bytes),
  )
  const scale = (bytes: number): number => rounded((bytes / total) * width)
  const starts = startsOf(parts)
  const said = parts.map(({ label, bytes }) => `${label} ${formatBytes(bytes)}`).join(', ')
  const end = scale(memory)
  const isShort = total > memory
  return el(
    'figure',
    { class: 'budget' },
    el(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': `Memory of ${givenBytes(memory)}: ${said}${isShort ? `; ${formatBytes(total - memory)} beyond memory` : ''}`,
      },
      ...parts.flatMap((part, index) =>
        segment(part, scale(starts[index] ?? 0), scale(part.bytes)),
      ),
      ...(isShort
        ? [
            el('rect', { class: 'short', x: end, y: 24, width: rounded(width - end), height: 34 }),
            el(
              'text',
              { class: 'strong', x: width, y: 76, 'text-anchor': 'end' },
              `beyond memory: ${formatBytes(total - memory)}`,
            ),
          ]
        : []),
      el('line', { class: 'capacity', x1: end, x2: end, y1: 16, y2: 66 }),
      el(
        'text',
        { class: 'strong', x: end, y: 12, 'text-anchor': end > width / 2 ? 'end' : 'start' },
        `all memory: ${givenBytes(memory)}`,
      ),
    ),
    el(
      'details',
      {},
      el('summary', {}, el('h3', {}, 'Parts of the budget as a table')),
      legend(parts, memory),
      el('p', { class: 'note' }, originWords),
    ),
  )
}

function startsOf(parts: readonly BudgetPart[]): readonly number[] {
  let next = 0
  return parts.map(({ bytes }) => {
    const start = next
    next += bytes
    return start
  })
}

function segment({ kind, label }: BudgetPart, x: number, wide: number): readonly Tagged[] {
  return [
    el('rect', { class: `part part-${kind}`, x, y: 24, width: Math.max(0.5, wide), height: 34 }),
    ...(wide < narrowestName
      ? []
      : [el('text', { class: 'on-part', x: rounded(x + 6), y: 45 }, shortened(label, wide))]),
  ]
}

/** As much of the name as the part has room for. */
function shortened(label: string, wide: number): string {
  return cutLong(label, Math.floor((wide - 12) / 7), '…')
}

function legend(parts: readonly BudgetPart[], memory: number): Tagged {
  return table(
    ['Part', 'Memory', 'Share', 'Origin'],
    parts.map(({ label, bytes, kind, origin }) => [
      el('span', { class: 'key' }, swatch(kind), label),
      formatBytes(bytes),
      formatShare(bytes / memory),
      origin ?? 'sum',
    ]),
    { className: 'legend', numbers: [1, 2], caption: 'Parts, in the order of the bar' },
  )
}

/** What the last column means, for who has not written the scenario. */
const originWords =
  'given: written in the scenario. measured: read from a machine. assumed: not in the scenario, so a usual value. derived: follows from the others. sum: several of them. min watermark: what the kernel keeps free for itself.'

function swatch(kind: BudgetPart['kind']): Tagged {
  return el(
    'svg',
    { viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true' },
    el('rect', { class: `part part-${kind}`, width: 14, height: 14 }),
  )
}
