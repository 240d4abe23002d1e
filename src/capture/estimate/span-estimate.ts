import type { Layout, LevelName } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import { touchedInClusters } from '../files/spans.ts'
import type { Member, Piece } from './captured-process.ts'
import type { CapturedRegion } from './captured-regions.ts'
import { usualCluster } from './estimated-touch.ts'
import { bytesOf } from './own-tables.ts'

/**
 * Windows of each mapping of the peers that a process of the group has on average: what those have
 * of a region whose mappings are others, or none, is given to the mappings of the peers.
 * @param peers those of the members that have the same mappings.
 */
export function meanWindows(
  peers: readonly Member[],
  members: readonly Member[],
  layout: Layout,
): readonly number[] {
  const [first] = peers
  if (first === undefined) return []
  const estimates = peers.map((member) => estimatedWindows(member, layout))
  const means = first.pieces.map(
    (_, index) => estimates.reduce((sum, one) => sum + (one[index] ?? 0), 0) / peers.length,
  )
  const known = members.filter(({ process }) => process.space !== undefined)
  if (peers.length >= known.length) return means
  const ofAll = windowsByRegion(known, layout)
  const ofPeers = windowsByRegion(peers, layout)
  return first.pieces.map(({ region, windows }, index) => {
    const share =
      (ofAll.get(region) ?? 0) / known.length / ((ofPeers.get(region) ?? 0) / peers.length)
    return Math.min(windows, (means[index] ?? 0) * (Number.isFinite(share) ? share : 1))
  })
}

function windowsByRegion(
  members: readonly Member[],
  layout: Layout,
): ReadonlyMap<CapturedRegion, number> {
  const sums = new Map<CapturedRegion, number>()
  for (const member of members) {
    const windows = estimatedWindows(member, layout)
    member.pieces.forEach(({ region }, index) => {
      sums.set(region, (sums.get(region) ?? 0) + (windows[index] ?? 0))
    })
  }
  return sums
}

/**
 * Windows to suppose for the mappings of a process whose windows are known between bounds only:
 * what VmPTE leaves when the tables of the private mappings, the middle of their bounds, and those
 * known exactly are taken off is divided so that each mapping comes equally near to its upper bound. Without VmPTE, as if the
 * pages that are there had been drawn in clusters of the usual size.
 */
function estimatedWindows(
  { process, pieces, own: count }: Member,
  layout: Layout,
): readonly number[] {
  const { vmPte } = process.status
  const open = pieces.filter(({ touch }) => touch.kind === 'bounds')
  if (vmPte === undefined || count === undefined || open.length === 0)
    return pieces.map((piece) => byChance(piece, layout))
  const table = (level: LevelName): number => levelOf(layout, level)?.tableBytes ?? 0
  const known = pieces.reduce((sum, piece) => sum + knownBytes(piece, layout), 0)
  const upper = open.reduce((sum, piece) => sum + upperBytes(piece, layout), 0)
  const own = (bytesOf(count.least, layout) + bytesOf(count.most, layout)) / 2
  const spare = (vmPte * 1024 - own - known - upper) / table('pte')
  const least = open.reduce((sum, { touch }) => sum + boundsOf(touch).least, 0)
  const room = open.reduce((sum, { touch }) => sum + boundsOf(touch).most, 0) - least
  const share = room === 0 ? 0 : Math.min(1, Math.max(0, (spare - least) / room))
  return pieces.map(({ touch }) => {
    const bounds = boundsOf(touch)
    return bounds.least + (bounds.most - bounds.least) * share
  })
}

function boundsOf(touch: Piece['touch']): { readonly least: number; readonly most: number } {
  if (touch.kind === 'bounds') return touch
  return { least: touch.windows.count, most: touch.windows.count }
}

function byChance(piece: Piece, { pageBytes }: Layout): number {
  const { touch } = piece
  if (touch.kind === 'exact') return touch.windows.count
  if (touch.pages === undefined) return touch.most
  const cluster = usualCluster(piece, pageBytes)
  const touched = touchedInClusters(piece, touch.pages, cluster)
  return Math.min(touch.most, Math.max(touch.least, touched))
}

/** Tables of a mapping whose windows are known, whatever their level. */
function knownBytes(piece: Piece, layout: Layout): number {
  if (piece.touch.kind !== 'exact' || piece.touch.windows.count === 0) return 0
  const level = layout.levels.find(({ reach }) => reach === piece.reach)
  return piece.touch.windows.count * (level?.tableBytes ?? 0) + upperBytes(piece, layout)
}

/** Tables above the lowest ones, as if all of the mapping were touched; p4d and pgd are not counted. */
function upperBytes({ start, pages, reach }: Piece, layout: Layout): number {
  return layout.levels
    .filter(({ name, reach: spans }) => spans > reach && (name === 'pmd' || name === 'pud'))
    .reduce((sum, { tableBytes, reach: spans }) => {
      const tables = Math.floor((start + pages - 1) / spans) - Math.floor(start / spans) + 1
      return sum + tables * tableBytes
    }, 0)
}
