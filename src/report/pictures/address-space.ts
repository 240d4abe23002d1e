import type { PlannedStrategy } from '../../plan/result/result.ts'
import { quoted } from '../../render/text/amounts.ts'
import { cutLong } from '../../render/text/width.ts'
import { formatBytes } from '../../units/format.ts'
import type { Group } from '../../workload/group.ts'
import { placeClaims } from '../../workload/placement.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/** Mappings with a box of their own. */
const mostMappings = 8
const [width, rowHeight, left] = [760, 40, 170]

interface Placed {
  readonly region: string
  readonly start: number
  readonly pages: number
  readonly bytes: number
  readonly note: string
}

/** Where one process of the group has its mappings, the lowest address at the bottom; not to scale. */
export function addressSpace(
  workload: Workload,
  groupName: string,
  strategy: PlannedStrategy,
): Markup {
  const group = workload.groups.find(({ name }) => name === groupName)
  if (group === undefined || group.maps.length === 0) {
    return el('p', {}, 'A process of this group maps no region.')
  }
  const placed = placedIn(group, workload, strategy).toSorted((a, b) => b.start - a.start)
  const shown = placed.slice(0, mostMappings)
  const more = placed.length - shown.length
  const height = shown.length * (rowHeight + 12) + 44
  const title = `Addresses of one process of ${quoted(group.name)}, highest first; not to scale`
  return el(
    'figure',
    { class: 'space' },
    el('figcaption', {}, more > 0 ? `${title}; ${more} more mappings` : title),
    el(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': shown
          .map(
            ({ region, start, bytes }) =>
              `${region} at ${hex(start, workload)}, ${formatBytes(bytes)}`,
          )
          .join('; '),
      },
      el('text', { x: left + 8, y: 16 }, '⋮ stack and libraries of the process'),
      ...shown.flatMap(({ region, start, bytes, note }, row) => {
        const y = 26 + row * (rowHeight + 12)
        return [
          el(
            'text',
            { x: left - 8, y: y + 24, 'text-anchor': 'end', class: 'code' },
            hex(start, workload),
          ),
          el('rect', {
            class: 'box box-memory',
            x: left,
            y,
            width: width - left - 2,
            height: rowHeight,
            rx: 4,
          }),
          el(
            'text',
            { class: 'strong', x: left + 8, y: y + 17 },
            cut(`${region}, ${formatBytes(bytes)}`),
          ),
          el('text', { x: left + 8, y: y + 33 }, cut(note)),
        ]
      }),
      el('text', { x: left + 8, y: height - 4 }, '⋮ program and heap of the process'),
    ),
  )
}

function placedIn(group: Group, workload: Workload, strategy: PlannedStrategy): readonly Placed[] {
  const { host } = workload
  const starts = placeClaims(
    host.layout,
    group.maps.map(({ at, length }) => ({ pages: length, ...(at === undefined ? {} : { at }) })),
  )
  return group.maps.map((mapping, index) => {
    const parts = [
      ...kindOf(mapping.region, workload, strategy),
      mapping.at === undefined ? 'address chosen for the plan' : 'address given',
      ...(mapping.access === 'ro' ? ['read only'] : []),
      ...(mapping.private ? ['private'] : []),
    ]
    return {
      region: mapping.region,
      start: starts[index] ?? 0,
      pages: mapping.length,
      bytes: mapping.length * host.layout.pageBytes,
      note: parts.join(', '),
    }
  })
}

/** What memory it is, and on which pages; on other pages than described it may be another kind of memory. */
function kindOf(name: string, { regions }: Workload, strategy: PlannedStrategy): readonly string[] {
  const region = regions.find((one) => one.name === name)
  if (region === undefined) return []
  const huge = hugePagesOf(name, strategy) ?? region.pageBytes
  const pages = `pages of ${formatBytes(huge)}`
  return huge === region.pageBytes ? [region.backing, pages] : [pages]
}

/** The huge pages of the strategy, where they map all of the region: it has no pte tables then. */
function hugePagesOf(name: string, { pageBytes, regions }: PlannedStrategy): number | undefined {
  const levels = regions.find((one) => one.name === name)?.levels
  return levels?.pte?.tables === 0 ? pageBytes : undefined
}

function hex(page: number, { host }: Workload): string {
  return `0x${(BigInt(page) * BigInt(host.layout.pageBytes)).toString(16)}`
}

function cut(text: string): string {
  return cutLong(text, 78, '…')
}
