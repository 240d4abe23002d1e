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
export function addressSpace(workload: Workload, groupName: string): Markup {
  const group = workload.groups.find(({ name }) => name === groupName)
  if (group === undefined || group.maps.length === 0) {
    return el('p', {}, 'A process of this group maps no region.')
  }
  const placed = placedIn(group, workload).toSorted((a, b) => b.start - a.start)
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

function placedIn(group: Group, { host, regions }: Workload): readonly Placed[] {
  const starts = placeClaims(
    host.layout,
    group.maps.map(({ at, length }) => ({ pages: length, ...(at === undefined ? {} : { at }) })),
  )
  return group.maps.map((mapping, index) => {
    const region = regions.find(({ name }) => name === mapping.region)
    const pageBytes = region?.pageBytes ?? host.layout.pageBytes
    const parts = [
      region?.backing ?? '',
      `pages of ${formatBytes(pageBytes)}`,
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

function hex(page: number, { host }: Workload): string {
  return `0x${(BigInt(page) * BigInt(host.layout.pageBytes)).toString(16)}`
}

function cut(text: string): string {
  return cutLong(text, 78, '…')
}
