import type {
  TimelineResult,
  TimelineStrategy,
} from '../../plan/result/timeline/timeline-result.ts'
import { formatBytes } from '../../units/format.ts'
import type { Ink } from '../text/ink.ts'
import { widthOf } from '../text/ink.ts'

/** More steps than this are no picture. */
const mostBars = 60

/** Page tables after each step as bars; empty where there is nothing to see. */
export function stepChart(
  { steps }: TimelineResult,
  strategy: TimelineStrategy,
  ink: Ink,
): readonly string[] {
  const amounts = strategy.steps.map(({ pageTables }) => pageTables?.bytes ?? 0)
  const most = Math.max(...amounts)
  if (most === 0 || steps.length < 2 || steps.length > mostBars) return []
  const labels = steps.map(({ step }) => `${step}`)
  const indent = Math.max(...labels.map(({ length }) => length))
  const figures = amounts.map((amount) => formatBytes(amount))
  const room = widthOf(ink) - indent - 3 - Math.max(...figures.map(({ length }) => length)) - 1
  const side = ink.unicode ? '│' : '|'
  return amounts.map((amount, index) => {
    const bar = barOf(amount / most, room, ink)
    return `${(labels[index] ?? '').padStart(indent)} ${side}${bar}${bar === '' ? '' : ' '}${figures[index]}`
  })
}

/** Eighths of a character, where there are such; something is never nothing. */
function barOf(share: number, room: number, { unicode }: Ink): string {
  if (share === 0) return ''
  if (!unicode) return '#'.repeat(Math.max(1, Math.round(share * room)))
  const eighths = Math.max(1, Math.round(share * room * 8))
  const rest = eighths % 8
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (partial[rest] ?? ''))
}

const partial = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
