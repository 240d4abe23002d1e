import type {
  ForecastOutcome,
  GroupComparison,
  RegionOutcome,
} from '../../plan/result/verify-result.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { amounts, givenBytes, listed, quoted } from '../text/amounts.ts'
import { kibColumn, percentColumn } from '../text/column.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging } from '../text/wrap.ts'
import { mostSaid, pagesWords, regionCauseWords } from '../words/forecast-words.ts'

type Compared = Extract<GroupComparison, { readonly compared: true }>

/** VmPTE of one process of each group, as an average of those that run. */
export function processTable(groups: readonly Compared[], ink: Ink): readonly string[] {
  if (groups.length === 0) return []
  const each = (of: (group: Compared) => number) =>
    kibColumn(groups.map((group) => Math.round(of(group) / Math.max(1, group.processes))))
  const measured = each(({ measuredBytes }) => measuredBytes)
  const planned = each(({ predictedBytes }) => predictedBytes)
  const residual = each(({ residualBytes }) => residualBytes)
  const shares = percentColumn(groups.map(({ residualFraction }) => residualFraction ?? 0))
  const columns = [
    { title: 'Group', align: 'left' },
    { title: 'Processes', align: 'right' },
    { title: `Measured ${measured.unit}`, align: 'right' },
    { title: `Planned ${planned.unit}`, align: 'right' },
    { title: `Residual ${residual.unit}`, align: 'right' },
    { title: 'Residual %', align: 'right' },
  ] as const
  const rows = groups.map((group, row): Row => {
    const mark = group.leastBytes === group.mostBytes ? '' : '~'
    return {
      cells: [
        named(group.name, ink),
        formatCount(group.processes),
        measured.cells[row] ?? '',
        `${mark}${planned.cells[row]}`,
        residual.cells[row] ?? '',
        group.residualFraction === undefined ? '' : (shares[row] ?? ''),
      ],
    }
  })
  return renderGrid(columns, rows, ink)
}

/** Each region with the pages that were planned and those that were found. */
export function regionTable(
  { regions }: ForecastOutcome,
  baseBytes: number,
  ink: Ink,
): readonly string[] {
  if (regions.length === 0) return []
  const { good, bad } = brushesOf(ink)
  const unsaid = new Set(regions.filter((region) => !region.holds).slice(mostSaid))
  const columns = [
    { title: 'Region', align: 'left' },
    { title: 'Size', align: 'right' },
    { title: 'Planned on', align: 'left' },
    { title: 'Found on', align: 'left' },
    { title: 'Holds', align: 'left' },
  ] as const
  const rows = regions.map(({ name, sizeBytes, planned, found, holds }): Row => {
    const where = found.length === 0 ? 'not found' : pagesWords(found, baseBytes)
    return {
      cells: [
        named(name, ink),
        formatBytes(sizeBytes),
        pagesWords(planned, baseBytes),
        where,
        holds ? 'yes' : 'NO',
      ],
      paint: new Map([[4, holds ? good : bad]]),
    }
  })
  const notes = regions.flatMap((region) =>
    [...regionNotes(region), ...(unsaid.has(region) ? causeNotes(region) : [])].flatMap((text) =>
      hanging(`${named(region.name, ink)}: `, worded(text, ink), widthOf(ink)),
    ),
  )
  return [...renderGrid(columns, rows, ink), ...notes]
}

function causeNotes({ cause }: RegionOutcome): readonly string[] {
  const words = cause === undefined ? '' : regionCauseWords(cause)
  return words === '' ? [] : [words]
}

/** What was taken for a region by its size, and a size that is another than planned. */
function regionNotes({ sizeBytes, planned, found, by }: RegionOutcome): readonly string[] {
  const [first] = found
  if (by === 'size') {
    const all = found.map((one) => `${quoted(one.name)} of ${formatBytes(one.sizeBytes)}`)
    return [`taken for ${listed(all)}, by its size`]
  }
  const most = Math.max(...planned.map(({ pageBytes }) => pageBytes))
  if (first === undefined || Math.abs(first.sizeBytes - sizeBytes) < most) return []
  const [is, was] = amounts(first.sizeBytes, sizeBytes)
  return [`its size is ${is} now, and ${was} was planned`]
}

/** The pools that were planned, and how they are used. */
export function poolTable({ pools }: ForecastOutcome, ink: Ink): readonly string[] {
  if (pools.length === 0) return []
  const columns = [
    { title: 'Page', align: 'left' },
    { title: 'Planned', align: 'right' },
    { title: 'Pool', align: 'right' },
    { title: 'In use', align: 'right' },
    { title: 'Reserved', align: 'right' },
  ] as const
  const known = (count: number | undefined): string =>
    count === undefined ? 'unknown' : formatCount(count)
  const rows = pools.map((pool): Row => {
    const { pageBytes, plannedPages, pages, usedPages, reservedPages } = pool
    const { bad } = brushesOf(ink)
    return {
      cells: [
        givenBytes(pageBytes),
        formatCount(plannedPages),
        formatCount(pages),
        known(usedPages),
        known(reservedPages),
      ],
      ...(pages < plannedPages ? { paint: new Map([[2, bad]]) } : {}),
    }
  })
  return renderGrid(columns, rows, ink)
}
