import { drawRangeOf } from '../../space/random-draw.ts'
import { spansTouched } from '../../space/spans.ts'
import type { TouchSet } from '../../space/touch-set.ts'
import { distinctPages } from '../../space/zipf/zipf-touch.ts'
import { pathText } from '../../units/path.ts'
import { bytes, count, pages } from '../../units/quantity.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'

/**
 * Mappings whose touched pages, drawn at random, open most leaf tables: users do not expect it.
 * A draw that somebody measured or fitted to what was measured is no choice of the user.
 */
export function sparseFindings(workload: Workload): readonly Finding[] {
  const measured = new Set(workload.measured?.sources.map(({ path }) => path) ?? [])
  return workload.groups.flatMap((group) =>
    group.maps.flatMap((mapping, index) =>
      measured.has(pathText(['groups', group.name, 'maps', index, 'touched']))
        ? []
        : sparseFinding(workload, group, mapping),
    ),
  )
}

/** What six published servers touch lies together in pieces of about this size. */
const usualClusterBytes = 2 ** 20

function sparseFinding(workload: Workload, group: Group, mapping: Mapping): readonly Finding[] {
  const { layout } = workload.host
  const { touched, length } = mapping
  const [leaf] = layout.levels
  const draw = drawRangeOf(touched, length)
  const region = workload.regions.find(({ name }) => name === mapping.region)
  const isHuge = region !== undefined && region.pageBytes > layout.pageBytes
  if (draw === undefined || leaf === undefined || isHuge) return []
  const tablesOf = (set: TouchSet): number => {
    const whole = { first: 0, pages: length, draws: 1, counts: 'all' } as const
    return spansTouched([{ ...whole, touched: set }], leaf.reach, 'pte tables').total.expected
  }
  const drawn =
    touched.kind === 'zipf'
      ? Math.round(distinctPages({ touched, pages: length, draws: 1 }))
      : Math.min(length, draw.most * draw.clusterPages)
  const tables = tablesOf(touched)
  const allTables = Math.ceil(length / leaf.reach)
  if (!isSurprising(drawn / length, tables / allTables)) return []

  const clusterPages = Math.ceil(usualClusterBytes / layout.pageBytes)
  const clusters = Math.ceil(drawn / clusterPages)
  const isCloser = clusterPages > draw.clusterPages && clusterPages < length
  return [
    {
      ...found('few-pages-touch-most-tables', 'note'),
      region: mapping.region,
      group: group.name,
      drawnPages: drawn,
      drawnBytes: bytes(drawn * layout.pageBytes),
      mappedPages: length,
      ...(draw.clusterPages === 1
        ? {}
        : { clusterBytes: bytes(draw.clusterPages * layout.pageBytes) }),
      tables,
      allTables: count(allTables),
      firstTables: Math.ceil(drawn / leaf.reach),
      ...(isCloser
        ? {
            usualClusterBytes,
            usualTables: tablesOf({
              kind: 'clusters',
              drawn: count(clusters),
              clusterPages: pages(clusterPages),
            }),
          }
        : {}),
    },
  ]
}

/** Half of the tables for a tenth of the pages, or nearly all of them for fewer than all pages. */
function isSurprising(ofPages: number, ofTables: number): boolean {
  return (ofPages <= 0.1 && ofTables >= 0.5) || (ofPages <= 0.9 && ofTables >= 0.9)
}
