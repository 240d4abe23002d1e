import type { Bytes } from '../units/quantity.ts'
import { bytes, pages } from '../units/quantity.ts'
import type { HugePage, Level, LevelName } from './layout.ts'

/**
 * Levels from the bottom, each reach derived from the one below:
 * `reach(pte) = entries(pte)` base pages, `reach(L) = reach(L − 1) · entries(L)`.
 * @param entries number of entries of one table at each level that is not folded, bottom up.
 */
export function deriveLevels(
  entryBytes: number,
  entries: readonly (readonly [LevelName, number])[],
): readonly Level[] {
  let reach = 1
  return entries.map(([name, perTable]) => {
    reach *= perTable
    return {
      name,
      entries: perTable,
      entryBytes,
      tableBytes: bytes(perTable * entryBytes),
      reach: pages(reach),
    }
  })
}

/**
 * The huge page that `entries` neighbouring entries of level `leaf` map: one entry is as large as
 * one table of the level below, or as a base page; several are the contiguous bit of arm64.
 */
export function hugePageAt(
  levels: readonly Level[],
  leaf: LevelName,
  pageBytes: Bytes,
  entries = 1,
): HugePage {
  const below = levels[levels.findIndex((level) => level.name === leaf) - 1]?.reach ?? 1
  const size = bytes(below * entries * pageBytes)
  return { label: pageLabel(size), bytes: size, pages: pages(below * entries), leaf }
}

const units = [
  ['g', 2 ** 30],
  ['m', 2 ** 20],
  ['k', 2 ** 10],
] as const

/** A page size as in strategy ids: `2m`, `1g`. */
export function pageLabel(size: number): string {
  const unit = units.find(([, unitBytes]) => size % unitBytes === 0)
  return unit === undefined ? `${size}b` : `${size / unit[1]}${unit[0]}`
}
