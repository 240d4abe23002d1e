import { describe, expect, it } from 'vitest'
import { instanceOf } from '../../../src/importers/oracle/instance.ts'
import { readParameters } from '../../../src/importers/oracle/parameter-file.ts'
import { granuleBytes, systemAreaOf } from '../../../src/importers/oracle/system-area.ts'
import { libraryOf } from '../folders.ts'

const gib = 2 ** 30
const mib = 2 ** 20

const areaOf = (text: string) =>
  systemAreaOf(instanceOf(readParameters('a', libraryOf({ a: text })).entries).instance)

describe('the granule', () => {
  it('grows with the largest size of the SGA', () => {
    expect(
      [1, 2, 8, 9, 16, 20, 33, 100, 128, 300].map((size) => granuleBytes(size * gib) / mib),
    ).toEqual([4, 16, 16, 32, 32, 64, 128, 256, 256, 512])
  })
})

describe('the SGA', () => {
  it('is the larger of target and maximum, in whole granules', () => {
    // 100 GiB + 1 MiB in granules of 256 MiB: 401 of them.
    expect(areaOf('sga_target=8G\nsga_max_size=102401M\n')).toEqual({
      bytes: 401 * 256 * mib,
      granule: 256 * mib,
      inFiles: false,
      by: ['sga_target', 'sga_max_size'],
    })
  })

  it('is the sum of its pools where no target is set', () => {
    expect(areaOf('db_cache_size=3G\nshared_pool_size=1G\nsga_target=0\n')).toMatchObject({
      bytes: 4 * gib,
      by: ['db_cache_size', 'shared_pool_size'],
    })
    expect(areaOf('processes=100\n')).toBeUndefined()
  })

  it('is 60 % of MEMORY_TARGET in files of /dev/shm, an assumption', () => {
    // 0.6 · 20 GiB = 12 GiB in granules of 64 MiB, those of a maximum of 20 GiB.
    expect(areaOf('memory_target=20G\n')).toMatchObject({
      bytes: 12 * gib,
      granule: 64 * mib,
      inFiles: true,
      programBytes: 8 * gib,
      guess: 'Oracle starts with 60 % of MEMORY_TARGET for the SGA and 40 % for processes',
    })
  })

  it('is what the instance gave it last time, with automatic memory management', () => {
    const area = areaOf('memory_target=20G\n__sga_target=14G\n')
    expect(area).toMatchObject({ bytes: 14 * gib, programBytes: 6 * gib })
    expect(area).not.toHaveProperty('guess')
  })
})
