import type { Layout } from '../geometry/layout.ts'
import type { CapturedRegion } from './captured-regions.ts'
import { frameKib } from './mapping.ts'
import type { Member } from './members.ts'
import type { OwnTables } from './observation.ts'
import type { Scale } from './space-gathering.ts'
import { windowsOf } from './windows.ts'

/** Bytes of page tables that memory outside of the regions needs, all processes together. */
export interface OwnBytes {
  /** For what is in memory, as close together and as far apart as it can lie. */
  readonly least: number
  readonly most: number
  /** If all that can be read were touched. */
  readonly mapped: number
}

/** `undefined` where smaps of some process was not read. */
export function ownTablesOf(
  members: readonly Member[],
  regions: ReadonlyMap<string, CapturedRegion>,
  layout: Layout,
  scale: Scale,
): OwnBytes | undefined {
  let [least, most, mapped] = [0, 0, 0]
  for (const { process } of members) {
    const { space } = process
    if (space?.counted !== true) return undefined
    least += bytesOf(space.ownLeast, layout)
    most += bytesOf(space.own, layout)
    mapped += bytesOf(space.ownMapped, layout)
    for (const { object, mapping } of space.mapped) {
      if (regions.has(object)) continue
      const { start, end, counts } = mapping
      const here = Math.ceil((counts?.rss ?? 0) / frameKib)
      const windows = (reach: number): number => windowsOf(start, end - start, reach)
      const tables = { pte: windows(scale.pte), pmd: windows(scale.pmd), pud: windows(scale.pud) }
      most += bytesOf({ pte: Math.min(here, tables.pte), pmd: 0, pud: 0 }, layout)
      mapped += bytesOf(tables, layout)
    }
  }
  return { least: Math.min(least, most), most, mapped: Math.max(mapped, most) }
}

/** Tables in bytes; a level that the layout does not have takes nothing. */
export function bytesOf(own: OwnTables, { levels }: Layout): number {
  return levels.reduce(
    (sum, { name, tableBytes }) =>
      name === 'p4d' || name === 'pgd' ? sum : sum + own[name] * tableBytes,
    0,
  )
}
