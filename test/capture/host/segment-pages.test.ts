import { describe, expect, it } from 'vitest'
import { segmentPages } from '../../../src/capture/host/segment-pages.ts'
import { x8664 } from '../../build.ts'

const gib = 2 ** 30
const segment = (id: number, bytes: number) => ({
  ...{ id, key: id, bytes, attached: 1, rss: bytes, swap: 0, maker: 7, uid: 0 },
  locked: false,
})
const [large, small] = [segment(1, 2 * gib), segment(2, gib)]

function pagesWith(shmem: number, pool: number) {
  const meminfo = `MemTotal: 16777216 kB\nShmem: ${shmem} kB\nHugePages_Total: ${pool}\nHugepagesize: 2048 kB\n`
  const host = { memory: '16 GiB', hugepages: { '2 MiB': pool } }
  const files = new Map([['proc/meminfo', meminfo]])
  return segmentPages(files, [small, large], host, x8664)
}

describe('segments on huge pages', () => {
  it('are the largest, as many as Shmem is too small for', () => {
    expect(pagesWith(1024 ** 2, 2048)).toEqual(new Map([[large, 2 ** 21]]))
  })

  it('are none where Shmem holds all, or the pool holds none', () => {
    expect(pagesWith(3 * 1024 ** 2, 2048).size).toBe(0)
    expect(pagesWith(1024 ** 2, 100).size).toBe(0)
  })
})
