import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import type { Workload } from '../../src/workload/workload.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { machineFiles, processFiles, smapsOf } from './reading.ts'

type Files = Readonly<Record<string, string>>

interface Captured {
  readonly text: string
  readonly stderr: string
  readonly status: number
}

async function capture(files: Files, ...options: readonly string[]): Promise<Captured> {
  const rooted = Object.entries({ ...machineFiles, ...files }).map(([path, text]) => [
    `t/${path}`,
    text,
  ])
  const { world, stdout, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
  const status = await main(['capture', '--root', 't', ...options], world)
  return { text: stdout(), stderr: stderr(), status }
}

async function captured(files: Files, ...options: readonly string[]): Promise<Workload> {
  const { text, stderr, status } = await capture(files, ...options)
  if (status !== 0) throw new Error(stderr)
  const reading = readScenario(text, 'captured.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.workload
}

const mib = 1024
const hex = (value: number): string => value.toString(16)

/** A mapping of so many MiB; Rss in KiB. */
function mappingOf(start: number, mebibytes: number, tail: string, rss: number, more = {}): string {
  const range = `${hex(start)}-${hex(start + mebibytes * 2 ** 20)}`
  return smapsOf(`${range} ${tail}`, { Size: mebibytes * mib, Rss: rss, Pss: rss, ...more })
}

const library = smapsOf('500000000000-500000001000 r-xp 00000000 fe:00 9   /usr/bin/server')
const buffers = (rss: number, start = 0x7f0000000000): string =>
  mappingOf(start, 64, 'rw-s 00000000 00:01 42   /dev/zero (deleted)', rss)

const worker = (pid: number, smaps: string, more = {}): Files =>
  processFiles({ pid, smaps: library + smaps, ...more })

describe('a copied tree', () => {
  it('becomes a machine with regions, groups and their tables', async () => {
    const workload = await captured({
      ...worker(10, buffers(64 * mib), { status: { VmPTE: '     300 kB' } }),
      ...worker(11, buffers(64 * mib), { status: { VmPTE: '     304 kB' } }),
      ...worker(12, buffers(64 * mib), { status: { VmPTE: '     302 kB' } }),
    })
    expect(workload.host).toMatchObject({ memory: 2 ** 34, swap: 2 ** 30, pti: true })
    expect(workload.regions).toMatchObject([
      { name: 'anonymous shared', size: 64 * 2 ** 20, backing: 'anonymous-shared' },
    ])
    // 32 pte, a pmd and a pud table of 4 KiB: 136 KiB of 302 on average.
    expect(workload.groups).toMatchObject([
      { name: 'server', processes: 3, private: 1000 * 1024, baseTables: 166 * 1024, uid: 26 },
    ])
    expect(workload.measured).toMatchObject({
      pageTables: 4000 * 1024,
      groups: [{ name: 'server', processes: 3, vmPte: 906 * 1024 }],
    })
  })

  it('makes one group of processes that are the same, whatever they have touched', async () => {
    const { groups } = await captured({
      ...worker(10, buffers(64 * mib)),
      ...worker(11, buffers(0)),
      ...worker(12, buffers(64 * mib)),
      ...processFiles({ pid: 13, program: 'other', smaps: library }),
    })
    expect(groups.map(({ name, processes }) => [name, processes])).toEqual([
      ['server', 3],
      ['other', 1],
    ])
  })

  it('names groups by titles that processes have set', async () => {
    const title = (text: string) => ({ title: text, program: 'postgres' })
    const { groups } = await captured({
      ...worker(10, buffers(64 * mib), title('postgres: checkpointer ')),
      ...worker(11, buffers(0), title('postgres: app db idle')),
      ...worker(12, buffers(0), title('postgres: app db SELECT')),
    })
    expect(groups.map(({ name }) => name)).toEqual(['postgres: backends', 'postgres: checkpointer'])
  })

  it('plans after it was edited', async () => {
    const { text } = await capture({
      ...worker(10, buffers(64 * mib), { status: { VmPTE: '300 kB' } }),
    })
    const edited = text.replace('processes: 1\n', 'processes: 4\n')
    const { world, stdout } = fakeWorld({ files: { 'c.yaml': edited } })
    expect(await main(['c.yaml', '--format', 'json'], world)).toBe(0)
    const [described] = JSON.parse(stdout()).strategies
    expect(described.counters.sumVmPteBytes).toBe(4 * 300 * 1024)
  })

  it('lets VmPTE decide how many tables some pages take, within what is possible', async () => {
    const { text } = await capture({
      ...worker(10, buffers(8 * mib), { status: { VmPTE: '      92 kB' } }),
    })
    // 12 KiB of the program, 8 KiB of upper tables: 18 of at least 4 and at most 32 tables.
    expect(text).toContain('4 to 32 of 32 tables, 18 assumed: Rss 8.0 MiB, pagemap not read')
  })

  it('says so where the regions would take more than VmPTE', async () => {
    const { stderr, text } = await capture({
      ...worker(10, buffers(64 * mib), { status: { VmPTE: '      64 kB' } }),
    })
    expect(stderr).toContain('server: VmPTE is less than the tables that anonymous shared seems')
    expect(text).toMatch(/touched:\s+# VmPTE is less than the tables/)
    // 12 KiB are the program's own.
    expect(text).toContain('; 11 of them are planned instead of 32')
    expect(text).not.toContain('Rss is the whole mapping')
  })

  it('takes from one region after another what they would have more than VmPTE', async () => {
    const other = mappingOf(0x7f0100000000, 64, 'rw-s 00000000 00:01 43   /dev/zero (deleted)', 0)
    const { groups, measured } = await captured({
      ...worker(10, buffers(64 * mib) + other.replace(/Rss: +0/, 'Rss: 65536'), {
        status: { VmPTE: '      60 kB' },
      }),
    })
    // 12 KiB are the program's own; pages drawn at random come as near as a table.
    expect(Math.abs((groups[0]?.baseTables ?? 0) - 12 * 1024)).toBeLessThan(4096)
    expect(measured).toMatchObject({ groups: [{ vmPte: 60 * 1024 }] })
  })

  it('does not take the tables of huge pages for those of small ones', async () => {
    const huge = mappingOf(
      0x7f0040000000,
      1024,
      'rw-s 00000000 00:0f 7   /anon_hugepage (deleted)',
      0,
      { KernelPageSize: 2048, MMUPageSize: 2048, Shared_Hugetlb: 1024 * mib },
    ).replace('VmFlags: rd', 'VmFlags: ht rd')
    const { regions, groups } = await captured({
      ...worker(10, huge, { status: { VmPTE: '      40 kB' } }),
      'sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages': '600\n',
    })
    expect(regions).toMatchObject([{ pageBytes: 2 ** 21, size: 2 ** 30 }])
    expect(groups[0]?.baseTables).toBe(32 * 1024)
  })

  it('takes regions for huge pages by what smaps shows of them, and says how much that is', async () => {
    const shmem = 'rw-s 00000000 00:01 42   /dev/zero (deleted)'
    const of = async (pmd: number) => {
      const smaps = mappingOf(0x7f0000000000, 64, shmem, 64 * mib, { ShmemPmdMapped: pmd * mib })
      const { text } = await capture(worker(10, smaps, { status: { VmPTE: '     160 kB' } }))
      return text
    }
    expect(await of(16)).toContain(
      '# thp: 25.0 % is ShmemPmdMapped or FilePmdMapped in smaps; the plan assumes none',
    )
    expect(await of(48)).toContain(
      '75.0 % is ShmemPmdMapped or FilePmdMapped in smaps; the plan assumes none',
    )
    expect(await of(62)).toContain(
      '96.9 % is ShmemPmdMapped or FilePmdMapped in smaps; the plan assumes none',
    )
    expect(await of(64)).toContain('thp: 100.0 % is ShmemPmdMapped or FilePmdMapped in smaps\n')
    expect(await of(64)).toContain('thp: true')
    expect(await of(0)).not.toContain('# thp: ')
  })

  it('folds small objects into the base tables', async () => {
    const small = smapsOf('7f0000000000-7f0000008000 r--s 00000000 fe:00 77   /usr/lib/gconv.cache')
    const { text } = await capture(worker(10, small))
    expect(text).toContain('the tables of 1 shared object with 32.0 KiB')
    expect(text).toContain('regions: {}')
  })

  it('keeps segments of one id apart from files of one inode', async () => {
    const segment = (start: number) =>
      mappingOf(start, 8, 'rw-s 00000000 00:01 42   /SYSV0052e2c1 (deleted)', 4 * mib)
    const listed = async (key: number, size: number) => {
      const { regions } = await captured({
        ...worker(10, buffers(mib) + segment(0x7f0010000000)),
        'proc/sysvipc/shm': ` key shmid perms size cpid lpid nattch uid gid\n ${key} 42 3600 ${size} 1 1 1 26 26\n`,
      })
      return regions.map(({ backing, size: bytes, locked }) => [backing, bytes / 2 ** 20, locked])
    }
    const shared = ['anonymous-shared', 64, false]
    expect(await listed(5432001, 8388600)).toEqual([shared, ['sysv-shm', 8, true]])
    // Of another IPC namespace: the list says nothing of this one.
    expect(await listed(5432002, 8388600)).toEqual([shared, ['sysv-shm', 8, false]])
    expect(await listed(5432001, 9437184)).toEqual([shared, ['sysv-shm', 8, false]])
  })

  it('is not verified where nothing of the processes could be read', async () => {
    const { text, stderr } = await capture(processFiles({ pid: 10 }))
    expect(stderr).toContain('sos report collects smaps with -k process.smaps=on')
    const { world, stdout } = fakeWorld({ files: { 'c.yaml': text } })
    expect(await main(['verify', 'c.yaml', '--max-residual', '100%'], world)).toBe(1)
    expect(stdout()).toContain('VmPTE of 1 process is not verified')
    expect(stdout()).toMatch(/group server .* not verified +FAILS/)
    expect(stdout()).not.toMatch(/exactly as predicted/)
  })

  const withoutVmPte = (pid: number): Files => {
    const files = processFiles({ pid })
    const path = `proc/${pid}/status`
    return { ...files, [path]: (files[path] ?? '').replace(/^VmPTE:.*\n/m, '') }
  }

  it('without mappings and VmPTE says that base tables are an assumption, and what PageTables is', async () => {
    const meminfo = 'MemTotal: 67108864 kB\nPageTables: 14470348 kB\n'
    const none = { ...withoutVmPte(10), ...withoutVmPte(11), 'proc/meminfo': meminfo }
    const all = await capture(none)
    const assumed =
      'baseTables is an assumption, and no plan includes the tables of regions; PageTables of /proc/meminfo is 13.8 GiB; sos report'
    expect(all.stderr).toContain(`are unknown, and VmPTE is missing: ${assumed}`)
    expect(all.text).not.toContain('baseTables:')
    expect(all.text).not.toContain('baseTables includes')
    const one = await capture({ ...none, ...processFiles({ pid: 12 }) })
    expect(one.stderr).toContain(`are unknown, and VmPTE of 2 of them is missing: there ${assumed}`)
    const { 'proc/meminfo': _, ...unknown } = none
    const { stderr } = await capture({ ...unknown, 'proc/meminfo': 'MemTotal: 67108864 kB\n' })
    expect(stderr).toContain('no plan includes the tables of regions; sos report')
  })

  it('tells how to collect smaps only where there is none', async () => {
    const damaged = await capture(processFiles({ pid: 10, smaps: 'rubbish\n' }))
    expect(damaged.stderr).toContain('/proc/10/smaps holds an invalid line: line 1, "rubbish"')
    expect(damaged.stderr).toContain('baseTables includes the tables of regions')
    expect(damaged.stderr).not.toContain('sos report')
    const mixed = await capture({
      ...processFiles({ pid: 10, smaps: 'rubbish\n' }),
      ...processFiles({ pid: 11 }),
    })
    expect(mixed.stderr).toContain('sos report collects smaps')
  })

  it('takes limits of control groups, the tightest of each', async () => {
    const { host, groups } = await captured({
      ...worker(10, buffers(mib), { cgroup: '0::/a.slice/b.service\n' }),
      'sys/fs/cgroup/a.slice/b.service/memory.max': 'max\n',
      'sys/fs/cgroup/a.slice/memory.max': '1073741824\n',
    })
    expect(host.cgroups).toEqual([{ name: '/a.slice', limit: 2 ** 30 }])
    expect(groups[0]?.cgroup).toBe('/a.slice')
  })

  it('leaves room for what it does not capture', async () => {
    const { host, measured } = await captured(
      {
        ...worker(10, buffers(64 * mib), { status: { VmPTE: '     300 kB' } }),
        ...worker(11, buffers(64 * mib)),
      },
      '--pid',
      '10',
    )
    const reserves = Object.fromEntries(
      host.reserves.map(({ name, bytes }) => [name, bytes / 1024]),
    )
    expect(reserves).toEqual({
      'private memory of others': 19_000,
      // What the plan has of the region itself is not there twice, whoever else maps it.
      'other shared memory': 70_000 - 64 * mib,
      'page tables of others': 100,
      kernel: 50_000,
    })
    expect(measured?.elsewhere).toEqual({ processes: 1, vmPte: 100 * 1024 })
  })

  it('counts shared memory once, whatever part of it the plan has', async () => {
    const shmem = async (files: Files, more: Files = {}) => {
      const { text } = await capture({ ...files, ...more })
      const { world, stdout } = fakeWorld({ files: { 'c.yaml': text } })
      await main(['c.yaml', '-f', 'json'], world)
      const { lines } = JSON.parse(stdout()).strategies[0].memory
      return lines
        .filter(({ name }: { name: string }) => name.includes('shared memory'))
        .reduce((sum: number, line: { bytes: number }) => sum + Math.abs(line.bytes), 0)
    }
    const each = { ...worker(10, buffers(64 * mib)), ...worker(11, buffers(32 * mib)) }
    expect(await shmem(each)).toBe(70_000 * 1024)
    expect(await shmem({ ...worker(10, buffers(mib)), ...worker(11, buffers(5)) })).toBe(
      70_000 * 1024,
    )
    expect(await shmem({ ...each, ...processFiles({ pid: 12 }) })).toBe(70_000 * 1024)
  })

  it('counts memory that processes have in common since fork() once', async () => {
    const heap = (pss: number) =>
      mappingOf(0x560000000000, 16, 'rw-p 00000000 00:00 0  [heap]', 16 * mib, {
        Anonymous: 16 * mib,
        Pss: pss,
      })
    const status = { RssAnon: `${16 * mib} kB`, VmRSS: `${16 * mib} kB` }
    const { groups, host } = await captured({
      ...worker(10, heap(8 * mib), { status }),
      ...worker(11, heap(8 * mib), { status: { ...status, PPid: '10', VmHWM: '1 kB' } }),
    })
    expect(groups).toMatchObject([{ processes: 2, private: 8 * mib * 1024 }])
    expect(host.reserves[0]).toMatchObject({ bytes: (20_000 - 16 * mib) * 1024 })
    const { text } = await capture(worker(10, heap(8 * mib), { status }))
    expect(text).toContain('less 8192 kB shared with others since fork(), by Pss')
  })

  it('knows the own tables of a process that maps a region in small pieces', async () => {
    const pieces = Array.from({ length: 32 }, (_, index) => {
      const start = 0x7f0000000000 + index * 2 ** 22
      const tail = `rw-s ${hex(index * 2 ** 20).padStart(8, '0')} 00:01 42   /memfd:p (deleted)`
      return mappingOf(start, 1, tail, mib)
    })
    const { measured, groups } = await captured(
      worker(10, pieces.join(''), { status: { VmPTE: '     148 kB' } }),
    )
    // The library alone: a table of each level, of which the region has none.
    expect(measured?.groups[0]?.ownTables).toMatchObject({ least: 12_288, most: 12_288 })
    expect(groups[0]?.baseTables).toBe(12_288)
  })
})

describe('address spaces', () => {
  const same = { VmHWM: '   9000 kB', VmPTE: '     300 kB' }

  it('that a child of vfork() has from its parent count once', async () => {
    const { groups } = await captured({
      ...worker(10, buffers(mib), { status: same }),
      ...worker(11, buffers(mib), { status: { ...same, PPid: '10' } }),
    })
    expect(groups).toMatchObject([{ processes: 1 }])
  })

  it('of children of fork() are their own, and so are those of siblings that are alike', async () => {
    const { groups } = await captured({
      ...worker(10, buffers(mib), { status: same }),
      ...worker(11, buffers(mib), { status: { ...same, PPid: '10', VmHWM: '   8000 kB' } }),
      ...worker(12, buffers(mib), { status: { ...same, PPid: '10', VmHWM: '   8000 kB' } }),
    })
    expect(groups).toMatchObject([{ processes: 3 }])
  })

  it('count once too where they are not chosen, or nothing but status can be read', async () => {
    const { measured } = await captured(
      {
        ...worker(9, buffers(mib), { program: 'wanted' }),
        ...worker(10, buffers(mib), { status: same }),
        ...worker(11, buffers(mib), { status: { ...same, PPid: '10' } }),
      },
      '--name',
      'wanted',
    )
    expect(measured).toMatchObject({ elsewhere: { processes: 1, vmPte: 300 * 1024 } })
    const { groups } = await captured({
      ...processFiles({ pid: 10, status: same }),
      ...processFiles({ pid: 11, status: { ...same, PPid: '10' } }),
    })
    expect(groups).toMatchObject([{ processes: 1 }])
  })
})

describe('what is left out', () => {
  it('kernel threads and zombies, counted', async () => {
    const { text } = await capture({
      ...worker(10, buffers(mib)),
      'proc/2/status': 'Name:\tkthreadd\nState:\tS (sleeping)\n',
      'proc/3/status': 'Name:\tgone\nState:\tZ (zombie)\n',
    })
    expect(text).toContain('# Not captured: 1 kernel thread, 1 zombie.')
  })

  it('what is chosen otherwise: by name, pattern, user, control group', async () => {
    const files = {
      ...worker(10, buffers(mib), { program: 'postgres', cgroup: '0::/a/b\n' }),
      ...worker(11, buffers(mib), { program: 'oracle', status: { Uid: '54\t54\t54\t54' } }),
      'etc/passwd': 'oracle:x:54:54::/:/bin/sh\n',
    }
    const names = async (...options: readonly string[]) =>
      (await captured(files, ...options)).groups.map(({ name }) => name)
    expect(await names()).toEqual(['postgres', 'oracle'])
    expect(await names('--name', 'gres')).toEqual(['postgres'])
    expect(await names('--name', 'ora*')).toEqual(['oracle'])
    expect(await names('--user', 'oracle')).toEqual(['oracle'])
    expect(await names('--user', '26')).toEqual(['postgres'])
    expect(await names('--cgroup', '/a')).toEqual(['postgres'])
    expect(await names('--group-by', 'user')).toEqual(['user 26', 'user 54'])
    expect(await capture(files, '--name', '(((')).toMatchObject({ status: 3 })
  })
})

describe('hostile trees', () => {
  const ends: Readonly<Record<string, readonly [Files, string]>> = {
    'no processes': [{}, 'it has no processes'],
    'a status of zeros': [
      { 'proc/10/status': '\0'.repeat(5000) },
      '/proc/10/status: State is missing',
    ],
    'empty files': [{ 'proc/10/status': '' }, 'copy nothing from /proc'],
    'no memory': [
      { ...worker(10, buffers(mib)), 'proc/meminfo': 'MemTotal: 5 MB\n' },
      'MemTotal is not a number in its unit',
    ],
    'MemTotal of 0': [{ ...worker(10, ''), 'proc/meminfo': 'MemTotal: 0 kB\n' }, 'MemTotal is 0'],
    'MemTotal past the limit': [
      { ...worker(10, ''), 'proc/meminfo': 'MemTotal: 8796093022208 kB\n' },
      'MemTotal is past 2^53 bytes',
    ],
    'a process without VmSize': [
      { 'proc/10/status': 'Name:\tx\nState:\tS (sleeping)\nPPid:\t1\nVmRSS:\t5 kB\n' },
      '/proc/10/status: VmSize is missing',
    ],
    'sums past the limit': [
      {
        ...worker(10, buffers(mib), { status: { VmPTE: '8000000000000 kB' } }),
        ...worker(11, buffers(mib), { status: { VmPTE: '8000000000000 kB' } }),
        'proc/meminfo': 'MemTotal: 8796093022207 kB\n',
      },
      'past 2^53 bytes',
    ],
    'a wrong process id': [{ 'proc/99999999999999/status': 'x' }, 'it has no processes'],
  }

  it.each(Object.entries(ends))('with %s end in a clear error', async (_, [files, words]) => {
    const { status, stderr, text } = await capture(files)
    expect(status).toBe(3)
    expect(stderr).toContain(words)
    expect(text).toBe('')
  })

  it('with smaps cut off go on with maps or without, and say so', async () => {
    const { stderr, text, status } = await capture({
      ...worker(10, buffers(mib)),
      ...processFiles({ pid: 11, smaps: buffers(mib).slice(0, -40) }),
    })
    expect(status).toBe(0)
    expect(stderr).toContain('/proc/11/smaps ends in the middle')
    expect(text).toContain('/proc/11/smaps ends in the middle')
  })

  it('with a field of meminfo that appears twice go on without it, and say so', async () => {
    const keys = ['AnonPages', 'Shmem', 'SUnreclaim', 'Percpu', 'PageTables', 'SwapTotal']
    for (const key of [...keys, 'Hugepagesize', 'HugePages_Total']) {
      const line = `${key}: 100${key === 'HugePages_Total' ? '' : ' kB'}\n`
      const { status, stderr } = await capture({
        ...worker(10, buffers(mib)),
        'proc/meminfo': `MemTotal: 16777216 kB\n${line}${line}`,
      })
      expect([key, status]).toEqual([key, 0])
      expect(stderr).toContain(`/proc/meminfo: ${key} appears twice; it is ignored`)
    }
  })

  it('with two MemTotal are of no machine that is known', async () => {
    const { status, stderr } = await capture({
      ...worker(10, buffers(mib)),
      'proc/meminfo': 'MemTotal: 16777216 kB\nMemTotal: 8388608 kB\n',
    })
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('/proc/meminfo: MemTotal appears twice'),
    ])
  })

  it('with a setting that sysctl -a says twice go on without it, and say so', async () => {
    const { status, stderr, text } = await capture({
      ...worker(10, buffers(mib)),
      'sos_commands/kernel/sysctl_-a':
        'vm.swappiness = 60\nvm.min_free_kbytes = 1\nvm.min_free_kbytes = 2\n',
    })
    expect(status).toBe(0)
    expect(stderr).toContain('sysctl -a prints vm.min_free_kbytes twice; both are ignored')
    expect(text).not.toContain('minFree')
  })

  it.each([
    [['--pid', '2'], 'process 2 is a kernel thread and has no page tables of its own'],
    [['--pid', '10', '--user', '5'], 'no process matches --user\n'],
    [['--name', 'server', '--pid', '5', '--user', '5'], 'no process matches --pid\n'],
    [
      ['--pid', '10', '--user', '27'],
      'processes match each of --pid, --user, but none matches all',
    ],
  ])('say why %j chooses nothing', async (options, words) => {
    const { status, stderr } = await capture(
      {
        ...worker(10, buffers(mib)),
        ...processFiles({ pid: 11, smaps: library, status: { Uid: '27 27 27 27' } }),
        'proc/2/status': 'Name:\tkthreadd\nState:\tS (sleeping)\nPPid:\t0\n',
      },
      ...options,
    )
    expect(status).toBe(3)
    expect(stderr).toContain(words)
    expect(stderr).toContain('none of the 2 processes matches the selection')
  })

  const past = '9007199254740000'
  it.each(['AnonPages', 'Shmem', 'SUnreclaim', 'Percpu', 'PageTables', 'SwapTotal'])(
    'with a huge %s go on without it, and say so',
    async (key) => {
      const meminfo = `MemTotal: 16777216 kB\n${key}: ${past} kB\n`
      const { status, stderr } = await capture({
        ...worker(10, buffers(mib)),
        'proc/meminfo': meminfo,
      })
      expect(status).toBe(0)
      expect(stderr).toContain(`/proc/meminfo: ${key} is past 2^53 bytes`)
    },
  )

  it.each(['AnonPages', 'Shmem', 'SUnreclaim', 'Percpu', 'PageTables'])(
    'with more %s than MemTotal go on without it, and say so',
    async (key) => {
      const meminfo = `MemTotal: 16777216 kB\n${key}: 16777217 kB\n`
      const { text, stderr } = await capture({
        ...worker(10, buffers(mib)),
        'proc/meminfo': meminfo,
      })
      expect(stderr).toContain(`/proc/meminfo: ${key} is more than MemTotal; it is ignored`)
      expect(text).not.toContain('16777217')
    },
  )

  const pool = 'sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages'
  const thp = 'sys/kernel/mm/transparent_hugepage'
  it.each([
    [pool, '18446744073709551615', `/${pool} is past 2^53; it is ignored`],
    [pool, 'abc', `/${pool} is not a whole number; it is ignored`],
    [
      pool,
      '99999999',
      'a pool of 99999999 huge pages of 2048 kB is more than MemTotal; it is ignored',
    ],
    ['proc/sys/vm/min_free_kbytes', '18446744073709551615', 'min_free_kbytes is past 2^53'],
    ['proc/sys/vm/min_free_kbytes', '16777217', 'min_free_kbytes is more than MemTotal'],
    ['proc/sys/vm/overcommit_memory', '7', 'vm.overcommit_memory is 7, an invalid mode'],
    ['proc/sys/vm/overcommit_ratio', '99999999999999999999', 'overcommit_ratio is past 2^53'],
    [`${thp}/enabled`, 'junk', `/${thp}/enabled holds an unknown word; it is ignored`],
    [`${thp}/shmem_enabled`, '[odd]', `/${thp}/shmem_enabled holds an unknown word`],
  ])('with %s %s go on without it, and say so', async (path, value, words) => {
    const { status, stderr, text } = await capture({
      ...worker(10, buffers(mib)),
      [path]: `${value}\n`,
    })
    expect(status).toBe(0)
    expect(stderr).toContain(words)
    expect(text).toContain(`# Note: ${stderr.split('\n')[0]?.replace('mshare-plan: ', '')}`)
  })

  it('with figures of a process that cannot be leave it out', async () => {
    const odd: Readonly<Record<string, string>> = {
      VmPTE: '16777217 kB',
      RssAnon: '16777217 kB',
      Threads: '1\nThreads:\t2',
      VmRSS: '900 kB',
    }
    const words: Readonly<Record<string, string>> = {
      VmPTE: 'VmPTE is more than MemTotal',
      RssAnon: 'RssAnon is more than MemTotal',
      Threads: 'Threads appears twice',
      VmRSS: 'RssAnon is more than VmRSS',
    }
    for (const [key, value] of Object.entries(odd)) {
      const one = worker(10, buffers(mib), { status: { [key]: value } })
      const { stderr } = await capture({ ...one, ...worker(11, buffers(mib)) })
      expect(stderr).toContain(`/proc/10/status: ${words[key]}`)
    }
  })

  it('with a memory that is told in part leave no room, and say so', async () => {
    const files = { ...worker(10, buffers(mib)), 'proc/meminfo': 'MemTotal: 16777216 kB\n' }
    const { stderr } = await capture(files)
    expect(stderr).toContain('/proc/meminfo has no AnonPages, Shmem, SUnreclaim, PageTables')
  })

  it('with an oom_score_adj that no kernel takes leave it out, and say so', async () => {
    const files = { ...worker(10, buffers(mib)), 'proc/10/oom_score_adj': '99999\n' }
    expect((await capture(files)).stderr).toContain('/proc/10/oom_score_adj is invalid')
  })

  it('with more shared memory in the plan than there is say how much', async () => {
    const sparse = mappingOf(
      0x7f0000000000,
      64,
      'rw-s 00000000 00:01 42   /dev/zero (deleted)',
      128,
    )
    const workers = Array.from({ length: 20 }, (_, index) =>
      worker(10 + index, sparse, { status: { VmPTE: '      84 kB' } }),
    )
    const files = Object.assign({}, ...workers)
    const meminfo = `${machineFiles['proc/meminfo']}`.replace(/Shmem: .*/, 'Shmem: 128 kB')
    const { stderr } = await capture({ ...files, 'proc/meminfo': meminfo })
    expect(stderr).toMatch(/the plan has 1.7 MiB of the regions in memory, but Shmem .* is 128/)
  })

  it('with processes that could not be read say nothing of those elsewhere', async () => {
    const { text, stderr } = await capture({
      ...worker(10, buffers(mib)),
      'proc/11/status': 'Name:\tx\nState:\tZ (zombie)\nThreads:\t2\n',
    })
    expect(stderr).toContain('/proc/11/status: its main thread has ended')
    expect(text).toContain('some processes of the machine are unknown: 1 could not be read')
    expect(text).toContain('partial: true')
    const { world, stdout } = fakeWorld({ files: { 'c.yaml': text } })
    await main(['verify', 'c.yaml'], world)
    expect(stdout()).toContain('processes that were not measured')
    expect(stdout()).not.toContain('page tables of the kernel itself')
  })

  it.each(['RssAnon', 'VmPTE', 'VmSwap'])('with a huge %s leave the process out', async (key) => {
    const { status, stderr } = await capture({
      ...worker(10, buffers(mib), { status: { [key]: `${past} kB` } }),
      ...worker(11, buffers(mib)),
    })
    expect(status).toBe(0)
    expect(stderr).toContain(`/proc/10/status: ${key} is past 2^53 bytes`)
  })

  it('with page sizes and offsets that cannot be end in no stack trace', async () => {
    const header = '7f0000000000-7f0004000000 rw-s fffffffffffff000 00:01 42   /dev/zero (deleted)'
    const far = await capture(worker(10, smapsOf(header, { Rss: 4 })))
    expect(far).toMatchObject({ status: 0 })
    expect(far.stderr).toContain('/proc/10: in baseTables: 1 shared mapping,')
    for (const page of [3, 8192 * 2 ** 20, 8e12]) {
      const smaps = smapsOf(header, { KernelPageSize: page })
      const { status, stderr } = await capture(worker(10, smaps))
      expect(status).toBe(0)
      expect(stderr).toContain('/proc/10/smaps has an invalid KernelPageSize')
    }
  })

  it('with smaps cut off between two mappings use maps, and say so', async () => {
    const heads = ['500000000000-500000001000 r-xp 00000000 fe:00 9   /usr/bin/server']
    heads.push('7f0000000000-7f0004000000 rw-s 00000000 00:01 42   /dev/zero (deleted)')
    const maps = heads.map((head) => `${head}\n`).join('')
    const { status, stderr, text } = await capture(processFiles({ pid: 10, smaps: library, maps }))
    expect(status).toBe(0)
    expect(stderr).toContain(
      '/proc/10/smaps is cut off and is ignored: it has 1 mappings, maps has 2',
    )
    expect(text).toContain('backing: anonymous-shared')
  })

  it('with fewer mappings than VmSize, and no stack among them, may be cut off, and say so', async () => {
    const status = { VmSize: '65540 kB' }
    const { stderr, text } = await capture(processFiles({ pid: 10, smaps: library, status }))
    const words =
      '/proc/10/smaps may be cut off: its mappings have 4 kB and no stack; VmSize is 65540 kB'
    expect(stderr).toContain(words)
    expect(text).toContain(`# Note: ${words}`)
  })

  it('with a stack, and less than VmSize, are of another moment, and are used', async () => {
    const stack = smapsOf('7ffff0000000-7ffff0021000 rw-p 00000000 00:00 0  [stack]')
    const status = { VmSize: '70000 kB' }
    const { stderr } = await capture(processFiles({ pid: 10, smaps: library + stack, status }))
    expect(stderr).toBe('')
  })

  it('with very many mappings of a process become a draft, with the rest in baseTables', async () => {
    const smaps = Array.from({ length: 9000 }, (_, index) => {
      const start = 0x7f0000000000 + index * 32_768
      const head = `${hex(start)}-${hex(start + 8192)} rw-s ${hex(index * 8192).padStart(8, '0')}`
      return smapsOf(`${head} 00:01 42   /memfd:q (deleted)`, { Rss: 4, Pss: 4 })
    }).join('')
    const files = worker(10, smaps, { status: { VmPTE: '    900 kB' } })
    const { text, stderr, status } = await capture(files)
    expect(stderr).toContain('1000 of 9000 mappings of server are written')
    expect(status).toBe(0)
    expect(text).toContain('baseTables')
  }, 60_000)

  it('with names that would break the file or the terminal are harmless', async () => {
    const evil = 'a: "b\\n#\u001b[2J{'
    const smaps = mappingOf(0x7f0000000000, 64, `rw-s 00000000 00:20 8   /dev/shm/${evil}`, mib)
    const { regions, groups } = await captured(worker(10, smaps, { program: '\u001b[1mx: {' }))
    expect(regions[0]?.name).toBe(evil)
    expect(groups).toHaveLength(1)
  })
})
