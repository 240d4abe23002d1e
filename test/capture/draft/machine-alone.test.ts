import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import type { Told } from '../copied-tree.ts'
import { captureOf, readBack, strategyOf, verifyOf } from '../copied-tree.ts'

const gib = 2 ** 30
const head = 'key shmid perms size cpid lpid nattch uid gid cuid cgid atime dtime ctime rss swap\n'

interface Segment {
  readonly id: number
  readonly size: number
  readonly attached: number
  readonly rss?: number
  readonly swap?: number
  readonly maker?: number
}

const row = ({ id, size, attached, rss = size, swap = 0, maker = 7 }: Segment): string =>
  `${id} ${id} 640 ${size} ${maker} 9 ${attached} 54 54 54 54 1 1 1 ${rss} ${swap}\n`

const meminfo = (more: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    MemTotal: '263872444 kB',
    SwapTotal: '0 kB',
    AnonPages: '21480012 kB',
    Shmem: '100712448 kB',
    SUnreclaim: '1940224 kB',
    PageTables: '1048576 kB',
    ...more,
  })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

async function captureFiles(files: Readonly<Record<string, string>>): Promise<Told> {
  const rooted = Object.entries(files).map(([path, text]) => [`t/${path}`, text])
  const { world, stdout, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
  const status = await main(['capture', '--root', 't'], world)
  return { status, text: stdout(), stderr: stderr() }
}

const withSegments = (segments: readonly Segment[], more = {}): Promise<Told> =>
  captureFiles({
    'proc/meminfo': meminfo(more),
    'proc/sysvipc/shm': head + segments.map(row).join(''),
  })

describe('meminfo and segments without processes', () => {
  it('become a region and a group of those that are attached, as an assumption', async () => {
    const told = await captureOf('meminfo-alone')
    const { workload, assumptions } = readBack(told)
    expect(workload.regions).toMatchObject([
      { name: 'sysv 65537 key 0x8fdcea00', size: 96 * gib, backing: 'sysv-shm' },
    ])
    expect(told.text).toContain('resident: 95 GiB # rss of /proc/sysvipc/shm')
    expect(workload.groups).toMatchObject([
      { name: 'attached to sysv 65537', processes: 902, uid: 54_321 },
    ])
    const paths = assumptions.map(({ path }) => path)
    expect(paths).toContain('groups["attached to sysv 65537"].processes')
    expect(paths).toContain('groups["attached to sysv 65537"].maps[0].touched.random')
    expect(workload.measured?.pageTables).toBe(88_120_576 * 1024)
  })

  it('need 169 GiB of tables where all is touched, half of which there is', async () => {
    const told = await captureOf('meminfo-alone')
    // Linux 4.18 counts pte tables alone: 902 · 49,152 tables of 4 KiB.
    expect(told.stderr).toContain(
      'PageTables is 84.0 GiB; with every page touched the groups would need 169.1 GiB: the average process has touched at most 49.7 % of the segments',
    )
  })

  it('have touched what PageTables leaves after the processes themselves', async () => {
    const read = readBack(await captureOf('meminfo-alone'))
    const { counters } = strategyOf(read, 'as-described')
    // Half a table for each of the 902 processes is the rounding of their spans.
    const rounding = 902 * 2048
    expect(Math.abs(counters.pageTablesBytes - 88_120_576 * 1024)).toBeLessThanOrEqual(rounding)
  })

  it('are held against PageTables by verify', async () => {
    const { status, text } = await verifyOf('meminfo-alone')
    expect(status).toBe(0)
    expect(text).toContain('PageTables: 86,055.25 MiB measured')
  })

  it('plan page tables once: those of others are what is beyond the groups', async () => {
    const segment = { id: 3, size: gib, attached: 10 }
    const { text } = await withSegments([segment], { PageTables: '1048576 kB' })
    // 10 · (512 + 1 + 1 + 1 pgd) · 4 KiB, and 10 · 160 KiB of the programs: 22,200 KiB of 1 GiB.
    expect(text).toContain('page tables of others: 1026376 KiB')
    expect((await captureOf('meminfo-alone')).text).not.toContain('page tables of others')
  })

  it('of one maker are attached by the same processes, as far as there are', async () => {
    const segments = [
      { id: 1, size: 4 * gib, attached: 30 },
      { id: 2, size: gib, attached: 10 },
      { id: 5, size: 2 * gib, attached: 30 },
      { id: 9, size: gib, attached: 4, maker: 8 },
      { id: 11, size: gib, attached: 0 },
    ]
    const { workload } = readBack(await withSegments(segments))
    const groups = workload.groups.map(({ name, processes, maps }) => [
      name,
      processes,
      maps.length,
    ])
    expect(groups).toEqual([
      ['attached to sysv 1 and 2 more', 10, 3],
      ['attached to sysv 1 and 1 more', 20, 2],
      ['attached to sysv 9', 4, 1],
    ])
    expect(workload.regions).toHaveLength(4)
  })

  it('are touched no further than there is of them', async () => {
    const segment = { id: 1, size: 8 * gib, attached: 2, rss: gib, swap: gib }
    const { text } = await withSegments([segment])
    expect(text).toMatch(/touched:\n\s+# .*no more of it.*\n\s+first: 2 GiB/)
  })

  it('are on huge pages where Shmem is too small for them and a pool is not', async () => {
    const pool = { HugePages_Total: '40960', HugePages_Free: '8192', Hugepagesize: '2048 kB' }
    const segments = [
      { id: 1, size: 64 * gib, attached: 3 },
      { id: 2, size: gib, attached: 3 },
    ]
    const told = await withSegments(segments, { ...pool, Shmem: '1100000 kB' })
    expect(readBack(told).workload.regions).toMatchObject([
      { size: 64 * gib, pageBytes: 2 ** 21 },
      { size: gib, pageBytes: 4096 },
    ])
  })
})

describe('meminfo alone', () => {
  it('becomes the machine, with what can be done next', async () => {
    const told = await captureFiles({ 'proc/meminfo': meminfo() })
    const { workload } = readBack(told)
    expect(workload.host.memory).toBe(263_872_444 * 1024)
    expect([workload.groups, workload.regions]).toEqual([[], []])
    expect(told.stderr).toContain('/proc/PID/status and /proc/sysvipc/shm are missing')
    expect(told.stderr).toContain('mshare-plan import FILE --memory 263872444KiB')
    expect(told.stderr).toContain('by hand')
    expect(told.text).toContain('page tables of others: 1 GiB')
  })

  it('is not what is left of a selection', async () => {
    const { world, stderr } = fakeWorld({ files: { 't/proc/meminfo': meminfo() } })
    expect(await main(['capture', '--root', 't', '--name', 'ora'], world)).toBe(3)
    expect(stderr()).toContain('it has no processes')
  })
})

describe('lines of the list that cannot be', () => {
  it('are ignored, and capture says so', async () => {
    const told = await withSegments([
      { id: 1, size: gib, attached: 3 },
      { id: 2, size: 2 ** 80, attached: 3 },
      { id: 3, size: gib, attached: 5_000_000 },
    ])
    expect(readBack(told).workload.regions).toHaveLength(1)
    expect(told.stderr).toContain('/proc/sysvipc/shm: ignored 2 unreadable lines')
    expect((await withSegments([])).stderr).not.toContain('ignored')
  })
})
