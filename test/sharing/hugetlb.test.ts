import { describe, expect, test } from 'vitest'
import type { MappingParts } from '../build.ts'
import { billed, gib, mib, tib } from '../build.ts'

function obstaclesTo(map: Partial<MappingParts>, id = 'hugetlb-2m', size = 4 * gib) {
  const result = billed({
    regions: { data: { size, backing: 'memfd' } },
    groups: { readers: { maps: [{ region: 'data', ...map }] } },
    strategies: [id],
  })
  return result.strategies.find((strategy) => strategy.id === id)?.obstacles
}

describe('a mapping that is not made of whole huge pages is refused with what is not', () => {
  const about = { kind: 'alignment', region: 'data' }

  test('its length, in a unit that people read', () => {
    expect(obstaclesTo({ length: 3 * mib })).toEqual([
      { ...about, need: 'multiples of 2 MiB', found: 'length 3 MiB' },
    ])
    expect(obstaclesTo({ length: gib + 4096 })).toEqual([
      { ...about, need: 'multiples of 2 MiB', found: 'length 1048580 KiB' },
    ])
    expect(obstaclesTo({ at: 64 * tib, length: 512 * mib }, 'hugetlb-1g')).toEqual([
      { ...about, need: 'multiples of 1 GiB', found: 'length 512 MiB' },
    ])
  })

  test('its offset', () => {
    expect(obstaclesTo({ offset: 5 * mib })).toEqual([
      { ...about, need: 'multiples of 2 MiB', found: 'offset 5 MiB' },
    ])
  })

  test('its address', () => {
    expect(obstaclesTo({ at: 64 * tib + mib })).toEqual([
      { ...about, need: '0x200000', found: '0x400000100000' },
    ])
  })

  test('but for the end of the region, which mmap rounds up', () => {
    expect(obstaclesTo({}, 'hugetlb-2m', 1023 * mib)).toEqual([])
  })
})
