import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { readBack, resultOf, strategyOf } from '../copied-tree.ts'
import { machineFiles, processFiles, smapsOf } from '../reading.ts'

const mib = 2 ** 20
const pool = 'sys/kernel/mm/hugepages/hugepages'

/** A pool of 1,000 pages. */
const meminfo = (free: number, reserved: number): string =>
  `MemTotal: 16777216 kB\nHugePages_Total: 1000\nHugePages_Free: ${free}\nHugePages_Rsvd: ${reserved}\nHugepagesize: 2048 kB\n`

const small = smapsOf('7f0000000000-7f0000100000 rw-p 00000000 00:00 0 ', { Size: 1024 })
const segment = smapsOf(
  '7f0000000000-7f0040000000 rw-s 00000000 00:0f 7   /SYSV00000000 (deleted)',
  { Size: 2 ** 20, Rss: 0, Pss: 0, KernelPageSize: 2048, Shared_Hugetlb: 2048 },
  'rd wr sh mr mw me ms de ht',
)

async function captured(more: Readonly<Record<string, string>>, smaps = small) {
  const files = { ...machineFiles, ...processFiles({ pid: 9, smaps }), ...more }
  const rooted = Object.entries(files).map(([path, text]) => [`t/${path}`, text])
  const { world, stdout, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
  const status = await main(['capture', '--root', 't'], world)
  return readBack({ status, text: stdout(), stderr: stderr() })
}

describe('huge pages that are in use, and not by the captured processes', () => {
  it('are a region that nobody maps: 600 of 1,000 free, 100 of these promised, 500 taken', async () => {
    const read = await captured({ 'proc/meminfo': meminfo(600, 100) })
    expect(read.workload.regions).toMatchObject([
      { name: 'huge pages of 2 MiB of others', size: 1000 * mib, pageBytes: 2 * mib },
    ])
    expect(strategyOf(read, 'as-described')).toMatchObject({
      memory: { pools: [{ pages: 1000, usedPages: 500, strandedPages: 500 }] },
    })
  })

  it('stay in the pool when idle ones are given back', async () => {
    const { advice } = resultOf(await captured({ 'proc/meminfo': meminfo(600, 100) }))
    expect(advice[0]).toMatchObject({ action: 'resize-pool', pools: [{ pages: 500 }] })
  })

  it('are less those of captured segments: 512 of 950', async () => {
    const { workload } = await captured({ 'proc/meminfo': meminfo(50, 0) }, segment)
    expect(workload.regions.map(({ size }) => size / (2 * mib))).toEqual([512, 438])
  })

  it('are none where all are free, or the segment has promised them', async () => {
    expect((await captured({ 'proc/meminfo': meminfo(1000, 0) })).workload.regions).toEqual([])
    const { workload } = await captured({ 'proc/meminfo': meminfo(999, 511) }, segment)
    expect(workload.regions).toHaveLength(1)
  })

  it('are counted for each size by /sys', async () => {
    const { workload } = await captured({
      'proc/meminfo': meminfo(1000, 0),
      [`${pool}-2048kB/nr_hugepages`]: '1000\n',
      [`${pool}-2048kB/free_hugepages`]: '1000\n',
      [`${pool}-2048kB/resv_hugepages`]: '0\n',
      [`${pool}-1048576kB/nr_hugepages`]: '4\n',
      [`${pool}-1048576kB/free_hugepages`]: '3\n',
      [`${pool}-1048576kB/resv_hugepages`]: '2\n',
    })
    expect(workload.regions).toMatchObject([{ size: 3 * 2 ** 30, pageBytes: 2 ** 30 }])
  })
})
