import type { SweepHead, SweepPoint } from '../../plan/result/what-if/sweep-result.ts'
import { formatCount } from '../../units/format.ts'
import type { Ink } from '../text/ink.ts'
import { named } from '../text/ink.ts'
import { fileWords } from '../words/file-words.ts'

/** The line below the name: `server.yaml, as-described: 30 points`. */
export function aboutLine({ scenario: { file }, strategy, axes }: SweepHead, ink: Ink): string {
  const total = pointsOf(axes)
  const count = `${formatCount(total)} ${total === 1 ? 'point' : 'points'}`
  return `${named(fileWords(file), ink)}, ${strategy}: ${count}`
}

/** All points of the axes. */
export function pointsOf(axes: readonly { readonly length: number }[]): number {
  return axes.reduce((product, { length }) => product * length, 1)
}

/** Some figure is of mshare, which is in no released kernel. */
export function restsOnMshare(
  { strategy, metrics }: SweepHead,
  points: readonly SweepPoint[],
): boolean {
  return (
    points.some((point) => point.proposed) ||
    strategy === 'mshare' ||
    metrics.some((path) => /^strategies[.]mshare\b/.test(path))
  )
}
