import type {
  RiskChange,
  SweepHead,
  SweepPoint,
  SweptAxis,
} from '../plan/result/what-if/sweep-result.ts'
import { renderJsonLines, visible } from './json.ts'
import type { Cell } from './text/csv.ts'
import { renderCsv } from './text/csv.ts'
import { refusalSentence } from './words/what-if/sweep-words.ts'

/** A point, and where the risk has changed since the one before it. */
export interface LinePoint {
  readonly point: SweepPoint
  readonly changes: readonly RiskChange[]
}

/** The header and rows of CSV: numbers as in the JSON, an empty cell where there is no number. */
export function* csvOfSweep(head: SweepHead, rows: Iterable<string>): Generator<string, void> {
  yield* renderCsv([...head.axes.map(columnOf), ...head.metrics, 'risk', 'refusal'], [])
  yield* rows
}

/** The unit is in the head, where the path does not say it. */
function columnOf({ path, unit }: SweptAxis): string {
  return unit === 'text' || unit === 'count' ? path : `${path} [${unit}]`
}

export function csvOfPoint(_: SweepHead, { point }: LinePoint): string {
  const { at, values, risk, refusal } = point
  const cells: readonly Cell[] = [
    ...at,
    ...values.map((value) => value ?? undefined),
    risk,
    refusal === undefined ? undefined : refusalSentence(refusal),
  ]
  const [, line = ''] = renderCsv([], [cells])
  return line
}

/** One line of NDJSON, with names in place of positions. */
export function lineOfPoint({ axes, metrics }: SweepHead, { point, changes }: LinePoint): string {
  const { at, values, ...rest } = point
  const line = {
    schema: 'mshare-plan/sweep-point/1',
    at: Object.fromEntries(axes.map(({ path }, index) => [path, at[index]])),
    metrics: Object.fromEntries(metrics.map((path, index) => [path, values[index]])),
    ...rest,
    ...(changes.length === 0 ? {} : { changes }),
  }
  return renderJsonLines([line])
}

/** A point as the list in the JSON has it, each on a line of its own. */
export function jsonOfPoint(_: SweepHead, { point }: LinePoint): string {
  return `    ${renderJsonLines([point]).trimEnd()},\n`
}

/** @param points texts of {@link jsonOfPoint}, any number of them in each part. */
export function* jsonOfSweep(
  head: SweepHead,
  points: Iterable<string>,
  changes: readonly RiskChange[],
  turns: boolean,
): Generator<string, void> {
  const opening = JSON.stringify({ schema: 'mshare-plan/sweep/1', ...head }, null, 2)
  yield visible(`${opening.slice(0, -2)},\n`)
  yield '  "points": [\n'
  let waiting = ''
  for (const part of points) {
    yield waiting
    waiting = part
  }
  yield `${waiting.replace(/,\n$/, '')}\n  ],\n`
  const list = changes.map((change) => `\n    ${visible(JSON.stringify(change))}`).join()
  yield `  "changes": [${list}${list === '' ? '' : '\n  '}],\n  "turns": ${turns}\n}\n`
}
