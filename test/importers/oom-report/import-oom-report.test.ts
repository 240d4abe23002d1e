import { describe, expect, it } from 'vitest'
import { guessDatabase } from '../../../src/importers/importers.ts'
import {
  imported,
  javaLog,
  logs,
  logText,
  oracleLog,
  planned,
  podLog,
  postgresLog,
  refusal,
  webLog,
} from './fixtures.ts'

const gib = 2 ** 30

describe('the plan of a report', () => {
  it.each(logs)('has the page tables that the list has: %s', (name) => {
    const { workload, described } = planned(logText(name))
    const measured = workload.measured?.groups ?? []
    expect(measured.length).toBeGreaterThan(0)
    for (const group of measured) {
      const each = described.groups.find((one) => one.name === group.name)?.perProcess
      // A mean is rounded to bytes: half a byte for each process at most.
      const off = Math.abs((each?.vmPteBytes ?? 0) * group.processes - group.vmPte)
      expect(off, group.name).toBeLessThanOrEqual(group.processes / 2)
    }
  })

  it.each(logs)(
    'is out of memory, and the kernel kills a process of the group that is planned: %s',
    (name) => {
      const { workload, described } = planned(logText(name))
      const { risk } = described
      const cgroup = risk.cgroups.find(({ level }) => level === 'oom')
      expect(risk.level).toBe('oom')
      const killed = workload.measured?.outOfMemory?.killed[0]?.group
      expect((cgroup ?? risk).victim?.group).toBe(killed)
    },
  )

  it('of a cgroup leaves the machine alone: page tables of the cgroup within 2 % of its counter', () => {
    const { described } = planned(logText(podLog))
    const [cgroup] = described.risk.cgroups
    expect(cgroup?.level).toBe('oom')
    expect((cgroup?.demandBytes ?? 0) - (cgroup?.limitBytes ?? 0)).toBeLessThan(64 * 1024)
    const counter = 3_277_824_000
    expect(Math.abs(described.pageTables.bytes / counter - 1)).toBeLessThan(0.02)
  })
})

describe('1,500 Oracle sessions on 512 GiB', () => {
  const text = imported(logText(oracleLog))
  const { workload } = planned(logText(oracleLog))
  const [sessions] = workload.groups
  const [sga] = workload.regions

  it('are one group that maps the SGA', () => {
    expect(sessions).toMatchObject({ name: 'oracle_N_or', processes: 1500, uid: 54_321 })
    expect(sessions?.private).toBe(6 * 2 ** 20)
    expect(sessions?.maps).toHaveLength(1)
  })

  it('share what the page tables of the largest map: 300 GiB, within a thousandth', () => {
    expect(sga).toMatchObject({ backing: 'sysv-shm', program: 'oracle' })
    expect(Math.abs((sga?.size ?? 0) / (300 * gib) - 1)).toBeLessThan(0.001)
  })

  it('have bounds for what is inferred, and the values are listed as assumed', () => {
    expect(text).toContain('each process touched between')
    expect(text).toContain('regions.shared-memory.size: ')
    expect(text).toContain('groups.oracle_N_or.private: anon-rss of the killed process')
  })

  it('the host is that of the report', () => {
    expect(workload.host.memory).toBe(132_008_977 * 4096)
    expect(workload.host.swap).toBe(8_388_607 * 4096)
    expect(workload.host.kernel).toEqual({ major: 5, minor: 4 })
  })

  it('what the report says is kept', () => {
    expect(workload.measured?.pageTables).toBe(47_485_070 * 4096)
    expect(workload.measured?.outOfMemory).toMatchObject({
      constraint: 'machine',
      invokedBy: 'oracle_41306_or',
      listed: { processes: 1517 },
      killed: [{ pid: 41_006, because: 'points', pageTables: 615_800 * 1024 }],
      chosen: { group: 'oracle_N_or' },
      reports: 1,
    })
  })
})

describe('other reports', () => {
  it('3.10: tables that the list leaves out are planned, and said', () => {
    const text = imported(logText(postgresLog))
    expect(text).toContain('pmd and pud tables, which the list leaves out, are added')
    expect(text).toContain('planned as 4.15')
  })

  it('private memory alone has no region', () => {
    expect(planned(logText(webLog)).workload.regions).toEqual([])
  })

  it('a pool that nobody uses is a pool; huge pages in use have a region without a group', () => {
    const text = logText(javaLog)
    expect(planned(text).workload.host.hugepages).toEqual([{ pageBytes: 2 * 2 ** 20, count: 9000 }])
    const used = text.replace('hugepages_free=9000', 'hugepages_free=1000')
    expect(planned(used).workload.regions).toMatchObject([
      { name: 'huge pages of 2 MiB', size: 8000 * 2 * 2 ** 20 },
    ])
  })

  it('more page tables than memory are not measured as PageTables, and are planned all the same', () => {
    const tables = 630_583_296
    const text = logText(oracleLog)
      .replace(/( +)\d+( +0 +0 oracle_)/g, `$1${tables}$2`)
      .replace(/pagetables:\d+ /, `pagetables:${1500 * 153_951} `)
    const { workload, described } = planned(text)
    expect(workload.measured?.pageTables).toBeUndefined()
    expect(workload.measured?.groups[0]?.vmPte).toBe(1500 * tables)
    expect(described.risk.level).toBe('oom')
  })
})

describe('a log of several reports', () => {
  const both = logText(webLog) + logText(oracleLog) + logText(javaLog)

  it('is read at the worst, unless another is asked for', () => {
    expect(imported(both)).toContain('Report 2 of 3 in the log.')
    expect(imported(both)).toContain(
      'name: "Out of memory: 1500 oracle_N_or and 17 other processes"',
    )
    expect(imported(both, { report: 3 })).toContain('java')
    expect(refusal(both, { report: 4 })).toMatchObject([
      { message: 'there is no report 4: the log has 3' },
    ])
  })
})

describe('memory', () => {
  const pod = logText(podLog)
  it('of a report of a cgroup is assumed, or said by the boot messages or the user', () => {
    expect(imported(pod)).toContain('memory: 64 GiB # a report of a cgroup does not say it')
    const boot = '[    0.1] Memory: 131000000K/134000000K available (1K kernel code)\n'
    expect(imported(boot + pod)).toContain('memory: 131000000 KiB #')
    expect(imported(pod, { memory: '128GB' })).toContain('memory: 128GB # --memory')
  })

  it('of a report of the machine without Mem-Info must be given', () => {
    const bare = logText(webLog)
      .split('\n')
      .filter(
        (line) => !/Node 0|pages|anon:|slab_|swap|free:/.test(line) || line.includes('total_vm'),
      )
      .join('\n')
    expect(refusal(bare)).toMatchObject([
      {
        line: 1,
        message: expect.stringContaining('Mem-Info is missing'),
        expected: '--memory SIZE, for example --memory 512GB',
      },
    ])
    expect(imported(bare, { memory: '16 GB' })).toContain('memory: 16 GB # --memory')
  })

  it('that is wrong is a mistake of the option', () => {
    expect(refusal(pod, { memory: 'much' })).toMatchObject([{ file: '--memory' }])
  })
})

describe('a log without what is needed is refused with a way on', () => {
  it.each([
    ['its zones', ['Normal free:', 'HighMem free:']],
    ['its release', ['4.18.0-553.el8_10.x86_64', '4.4.302-1.el6.i686']],
    ['its release of Debian', ['4.18.0-553.el8_10.x86_64', '5.10.0-28-686-pae']],
    ['its release on ARM', ['4.18.0-553.el8_10.x86_64', '5.10.0-28-armmp']],
  ] as const)('of a 32-bit kernel, by %s', (_, [was, is]) => {
    expect(refusal(logText(webLog).replaceAll(was, is))).toMatchObject([
      { message: expect.stringContaining('32-bit kernel'), expected: expect.any(String) },
    ])
  })

  it('without a report', () => {
    expect(refusal('Mar 12 03:14:07 db1 kernel: nothing\n')).toMatchObject([
      {
        message: 'the log has no report of the out-of-memory killer',
        suggestion: expect.stringContaining('journalctl -k -b -1'),
      },
    ])
    expect(refusal('systemd-oomd[711]: Killed /user.slice due to memory pressure\n')).toMatchObject(
      [{ suggestion: expect.stringContaining('systemd-oomd kills by pressure') }],
    )
  })

  it('without processes and without memory', () => {
    const kill =
      'Out of memory: Killed process 9 (a) total-vm:1kB, anon-rss:2kB, file-rss:0kB, shmem-rss:0kB'
    expect(refusal(`\n${kill}\n`)).toMatchObject([
      {
        line: 2,
        message: expect.stringContaining('how much memory'),
        expected: expect.stringContaining('--memory'),
      },
    ])
    expect(refusal('\na invoked oom-killer: order=0\n')).toMatchObject([
      { line: 2, message: 'the report has neither processes nor memory' },
    ])
  })
})

it('a log is known by what it says, whatever its name', () => {
  for (const name of logs)
    expect(guessDatabase('pasted.txt', logText(name)), name).toBe('oom-report')
  expect(guessDatabase('pasted.txt', 'max_connections = 5\n')).toBe('postgresql')
})
