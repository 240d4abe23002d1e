import { describe, expect, it } from 'vitest'
import { poolCounts, poolCountsOf } from '../../../src/capture/host/pool-counts.ts'
import { mib, x8664 } from '../../build.ts'

const folder = 'sys/kernel/mm/hugepages/hugepages-2048kB'
const meminfo = `HugePages_Total:     600
HugePages_Free:      500
HugePages_Rsvd:      100
Hugepagesize:       2048 kB
`

function files(texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts))
}

describe('how a pool of huge pages is used', () => {
  it('is what /sys says of each size', () => {
    const counts = { nr: '1000\n', free: '600\n', resv: '100\n' }
    const texts = Object.entries(counts).map(([what, text]) => [
      `${folder}/${what}_hugepages`,
      text,
    ])
    const found = poolCountsOf(
      files({ ...Object.fromEntries(texts), 'proc/meminfo': meminfo }),
      x8664,
    )
    expect(found).toEqual([{ pageBytes: 2 * mib, total: 1000, free: 600, reserved: 100 }])
  })

  it('is what meminfo says of the default size, and of no other', () => {
    const found = poolCountsOf(files({ 'proc/meminfo': meminfo }), x8664)
    expect(found).toEqual([{ pageBytes: 2 * mib, total: 600, free: 500, reserved: 100 }])
  })

  it('is unknown where nothing says it, or more is free than there is', () => {
    expect(poolCounts(files({}), 2 * mib)).toBeUndefined()
    const impossible = meminfo.replace('600', '400')
    expect(poolCounts(files({ 'proc/meminfo': impossible }), 2 * mib)).toBeUndefined()
  })
})
