import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { captureOf, readBack, strategyOf } from '../copied-tree.ts'
import { machineFiles, processFiles, smapsOf } from '../reading.ts'

const gib = 2 ** 30

describe('huge pages that smaps does not count', () => {
  it('are all touched, as an assumption, for what is not printed is not zero', async () => {
    const told = await captureOf('hugetlb-before-4-4', '--group-by', 'title')
    const { assumptions } = readBack(told)
    const path = 'groups["oracledb (LOCAL=NO)"].maps[0].touched'
    expect(assumptions).toContainEqual(expect.objectContaining({ path, value: 'all' }))
    expect(told.stderr).toContain(
      '32768 of 32968 huge pages, 64.0 GiB, are in use (HugePages_Total less HugePages_Free of /proc/meminfo), an upper bound',
    )
  })

  it('need 128 MiB of tables for each process and 64 GiB of memory on base pages', async () => {
    const read = readBack(await captureOf('hugetlb-before-4-4', '--group-by', 'title'))
    const { pageTables, memory } = strategyOf(read, 'base-pages')
    expect(pageTables.levels.pte?.bytes).toBe(3 * 2 ** 27)
    expect(memory.headroomBytes).toBeGreaterThan(59 * gib)
    expect(memory.headroomBytes).toBeLessThan(61 * gib)
  })
})

describe('a pool that is nearly all taken', () => {
  const meminfo = (free: number) =>
    `MemTotal:  16777216 kB\nHugePages_Total:  1000\nHugePages_Free:  ${free}\nHugepagesize:  2048 kB\n`
  const segment = smapsOf(
    '7f0000000000-7f0040000000 rw-s 00000000 00:0f 7   /SYSV00000000 (deleted)',
    { Size: 2 ** 20, Rss: 0, Pss: 0, KernelPageSize: 2048, Shared_Hugetlb: 2048 },
    'rd wr sh mr mw me ms de ht',
  )

  async function stderrOf(free: number, smaps: string): Promise<string> {
    const files = {
      ...machineFiles,
      'proc/meminfo': meminfo(free),
      ...processFiles({ pid: 9, smaps }),
    }
    const rooted = Object.entries(files).map(([path, text]) => [`t/${path}`, text])
    const { world, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
    expect(await main(['capture', '--root', 't'], world)).toBe(0)
    return stderr()
  }

  const private9 = smapsOf('7f0000000000-7f0000100000 rw-p 00000000 00:00 0 ', { Size: 1024 })

  it('by others than the captured processes gets a word', async () => {
    expect(await stderrOf(50, private9)).toContain(
      '950 of 1000 huge pages, 1.9 GiB, are in use (HugePages_Total less HugePages_Free of /proc/meminfo), but the captured processes have touched none of them',
    )
  })

  it('by the captured processes, or half idle, gets none', async () => {
    expect(await stderrOf(50, segment)).not.toContain('are in use')
    expect(await stderrOf(500, private9)).not.toContain('are in use')
  })
})
