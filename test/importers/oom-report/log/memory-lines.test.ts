import { expect, it } from 'vitest'
import { readMemory } from '../../../../src/importers/oom-report/log/memory-lines.ts'

const infoOf = (...lines: readonly string[]) => {
  const reader = readMemory()
  const taken = lines.map(reader.take)
  return { ...reader.info(), taken }
}

it('counters of the machine are in pages, several on a line; those of nodes are not counted again', () => {
  const { counters } = infoOf(
    'active_anon:5900000 inactive_anon:900000 isolated_anon:32',
    ' mapped:6100000 shmem:6100000 pagetables:4928243 bounce:0',
    'Node 0 active_anon:23600000kB inactive_anon:3600000kB shmem:24400000kB pagetables:19712972kB all_unreclaimable? yes',
    'active_anon:7',
  )
  expect(Object.fromEntries(counters)).toMatchObject({
    active_anon: 5900000,
    isolated_anon: 32,
    shmem: 6100000,
    pagetables: 4928243,
  })
})

it('zones have KiB, and each its own line', () => {
  const normal =
    'Node 1 Normal free:33200kB boost:0kB min:33936kB low:42420kB high:50904kB present:268435456kB managed:264120000kB mlocked:0kB kernel_stack:15600kB pagetables:0kB'
  const { zones, kernelStackKib } = infoOf(
    normal,
    normal,
    'DMA32 free:80000kB min:1920kB low:2400kB present:2080000kB managed:1860000kB',
  )
  expect(zones).toEqual([
    { name: 'Normal', free: 33200, min: 33936, present: 268435456, managed: 264120000 },
    { name: 'DMA32', free: 80000, min: 1920, present: 2080000, managed: 1860000 },
  ])
  expect(kernelStackKib).toBe(15600)
})

it('pools, swap, memory in pages and the size of a page', () => {
  expect(
    infoOf(
      'Node 0 hugepages_total=512 hugepages_free=12 hugepages_surp=0 hugepages_size=2048kB',
      'Node 1 hugepages_total=512 hugepages_free=512 hugepages_surp=0 hugepages_size=2048kB',
      'Node 0 Normal: 8200*64kB (UM) 0*128kB = 524800kB',
      'Free swap  = 1240kB',
      'Total swap = 33554428kB',
      '134193439 pages RAM',
      '2184462 pages reserved',
    ),
  ).toMatchObject({
    pools: [
      { pageKib: 2048, total: 512, free: 12 },
      { pageKib: 2048, total: 512, free: 512 },
    ],
    pageKib: 64,
    swapFree: 1240,
    swapTotal: 33554428,
    ramPages: 134193439,
    reservedPages: 2184462,
  })
})

it('what cannot be counted exactly, or is cut, is not there', () => {
  const { counters, zones, taken } = infoOf(
    ' shmem:99999999999999999999 slab_reclaimable:12',
    'Node 0 Normal free:33200kB min:339',
    'ordinary words: 12',
  )
  expect(counters.get('shmem')).toBeUndefined()
  expect(counters.get('slab_reclaimable')).toBe(12)
  expect(zones).toEqual([])
  expect(taken).toEqual([true, true, false])
})
