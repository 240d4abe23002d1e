import type { Layout, LevelName } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import { touchedInClusters } from '../files/spans.ts'
import type { CapturedProcess, MappedPart } from './captured-process.ts'
import type { CapturedRegion } from './captured-regions.ts'
import { usualCluster } from './estimated-touch.ts'
import { bytesOf } from './own-tables.ts'

/**
 * Spans that a process of the group touches on average, for each mapping of the processes alike. What
 * the other processes touch of a region is given to these mappings too.
 * @param alike those of the processes that have the same mappings.
 */
export function meanSpans(
  alike: readonly CapturedProcess[],
  processes: readonly CapturedProcess[],
  layout: Layout,
): readonly number[] {
  const [first] = alike
  if (first === undefined) return []
  const estimates = alike.map((process) => estimatedSpans(process, layout))
  const means = first.parts.map(
    (_, index) => estimates.reduce((sum, one) => sum + (one[index] ?? 0), 0) / alike.length,
  )
  const known = processes.filter(({ seen }) => seen.space !== undefined)
  if (alike.length >= known.length) return means
  const ofAll = spansByRegion(known, layout)
  const ofAlike = spansByRegion(alike, layout)
  return first.parts.map(({ region, spans }, index) => {
    const share =
      (ofAll.get(region) ?? 0) / known.length / ((ofAlike.get(region) ?? 0) / alike.length)
    return Math.min(spans, (means[index] ?? 0) * (Number.isFinite(share) ? share : 1))
  })
}

function spansByRegion(
  processes: readonly CapturedProcess[],
  layout: Layout,
): ReadonlyMap<CapturedRegion, number> {
  const sums = new Map<CapturedRegion, number>()
  for (const process of processes) {
    const spans = estimatedSpans(process, layout)
    process.parts.forEach(({ region }, index) => {
      sums.set(region, (sums.get(region) ?? 0) + (spans[index] ?? 0))
    })
  }
  return sums
}

/**
 * Spans to suppose for the mappings of a process whose spans are known between bounds only:
 * what VmPTE leaves when the tables of the private mappings, the middle of their bounds, and those
 * known exactly are taken off is divided so that each mapping comes equally near to its upper bound. Without VmPTE, as if the
 * pages that are there had been drawn in clusters of the usual size.
 */
function estimatedSpans(
  { seen, parts, own: count }: CapturedProcess,
  layout: Layout,
): readonly number[] {
  const { vmPte } = seen.status
  const open = parts.filter(({ touch }) => touch.kind === 'bounds')
  if (vmPte === undefined || count === undefined || open.length === 0)
    return parts.map((part) => byChance(part, layout))
  const table = (level: LevelName): number => levelOf(layout, level)?.tableBytes ?? 0
  const known = parts.reduce((sum, part) => sum + knownBytes(part, layout), 0)
  const upper = open.reduce((sum, part) => sum + upperBytes(part, layout), 0)
  const own = (bytesOf(count.least, layout) + bytesOf(count.most, layout)) / 2
  const spare = (vmPte * 1024 - own - known - upper) / table('pte')
  const least = open.reduce((sum, { touch }) => sum + boundsOf(touch).least, 0)
  const room = open.reduce((sum, { touch }) => sum + boundsOf(touch).most, 0) - least
  const share = room === 0 ? 0 : Math.min(1, Math.max(0, (spare - least) / room))
  return parts.map(({ touch }) => {
    const bounds = boundsOf(touch)
    return bounds.least + (bounds.most - bounds.least) * share
  })
}

function boundsOf(touch: MappedPart['touch']): { readonly least: number; readonly most: number } {
  if (touch.kind === 'bounds') return touch
  return { least: touch.spans.count, most: touch.spans.count }
}

function byChance(part: MappedPart, { pageBytes }: Layout): number {
  const { touch } = part
  if (touch.kind === 'exact') return touch.spans.count
  if (touch.pages === undefined) return touch.most
  const cluster = usualCluster(part, pageBytes)
  const touched = touchedInClusters(part, touch.pages, cluster)
  return Math.min(touch.most, Math.max(touch.least, touched))
}

/** Tables of a mapping whose spans are known, whatever their level. */
function knownBytes(part: MappedPart, layout: Layout): number {
  if (part.touch.kind !== 'exact' || part.touch.spans.count === 0) return 0
  const level = layout.levels.find(({ reach }) => reach === part.reach)
  return part.touch.spans.count * (level?.tableBytes ?? 0) + upperBytes(part, layout)
}

/** Tables above the lowest ones, as if all of the mapping were touched; p4d and pgd are not counted. */
function upperBytes({ start, pages, reach }: MappedPart, layout: Layout): number {
  return layout.levels
    .filter(({ name, reach: spans }) => spans > reach && (name === 'pmd' || name === 'pud'))
    .reduce((sum, { tableBytes, reach: spans }) => {
      const tables = Math.floor((start + pages - 1) / spans) - Math.floor(start / spans) + 1
      return sum + tables * tableBytes
    }, 0)
}
