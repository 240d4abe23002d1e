import { rounded } from './frame.ts'

/** A point of a picture. */
export type Point = readonly [x: number, y: number]

/** How far a line may pass from the points that it leaves out: less than the eye sees. */
const leeway = 0.25

/**
 * A line through points, as the short text of an SVG path: each point is a step from the one before it, and
 * points that are on the way are left out.
 */
export function pathText(points: readonly Point[]): string {
  let before: Point = [0, 0]
  return turns(points)
    .map(([x, y], index) => {
      const [dx, dy] = [rounded(x - before[0]), rounded(y - before[1])]
      before = [rounded(before[0] + dx), rounded(before[1] + dy)]
      return `${index === 0 ? 'M' : 'l'}${short(dx)}${dy < 0 ? '' : ' '}${short(dy)}`
    })
    .join('')
}

/** The first point, the last one, and those between where the line turns. */
function turns(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = []
  let from = 0
  points.forEach((point, index) => {
    const [start, former] = [points[from], points[index - 1]]
    if (start === undefined || former === undefined) {
      kept.push(point)
      return
    }
    const between = points.slice(from + 1, index)
    if (between.some((one) => distance(one, start, point) > leeway)) {
      kept.push(former)
      from = index - 1
    }
    if (index === points.length - 1) kept.push(point)
  })
  return kept
}

/** Of a point from the line through two others. */
function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const length = Math.hypot(x2 - x1, y2 - y1)
  if (length === 0) return Math.hypot(x - x1, y - y1)
  return Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
}

/** `.5` and `-.5` without the zero. */
function short(value: number): string {
  return `${value}`.replace(/^(-?)0(?=[.])/, '$1')
}
