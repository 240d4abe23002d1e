import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import type { Told } from '../copied-tree.ts'
import { readBack, strategyOf } from '../copied-tree.ts'

const uname = 'Linux db 6.1.0 #1 SMP x86_64 GNU/Linux\n'
const heading = 'USER PID PPID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\n'

function meminfo(lines: Readonly<Record<string, number>>): string {
  return Object.entries({ MemTotal: 32_000_000, SwapTotal: 0, SwapFree: 0, ...lines })
    .map(([key, value]) => `${key}: ${value} kB\n`)
    .join('')
}

interface Row {
  readonly pid: number
  readonly parent?: number
  readonly user?: string
  readonly vsz?: number
  readonly rss?: number
  readonly title: string
}

const row = ({ pid, parent = 1, user = 'app', vsz = 200_000, rss = 10_000, title }: Row): string =>
  `${user} ${pid} ${parent} 0.0 0.1 ${vsz} ${rss} ? Ss 10:00 0:01 ${title}\n`

async function pasted(text: string, ...options: readonly string[]): Promise<Told> {
  const { world, stdout, stderr } = fakeWorld({ stdin: text })
  const status = await main(['capture', '-', ...options], world)
  return { status, text: stdout(), stderr: stderr() }
}

const init = row({ pid: 1, parent: 0, user: 'root', title: '/sbin/init' })

describe('outputs on standard input', () => {
  it('become groups by command and user', async () => {
    const list = `${heading}${init}${row({ pid: 10, title: '/opt/app/worker -x' })}${row({ pid: 11, title: '/opt/app/worker -y' })}`
    const told = await pasted(`${meminfo({ AnonPages: 20_000, PageTables: 2000 })}${uname}${list}`)
    const { workload } = readBack(told)
    expect(workload.groups.map(({ name, processes }) => [name, processes])).toEqual([
      ['init', 1],
      ['worker', 2],
    ])
    expect(workload.measured?.pageTables).toBe(2000 * 1024)
    expect(workload.host.kernel).toMatchObject({ major: 6, minor: 1 })
  })

  it('divide PageTables among the processes where nothing is shared', async () => {
    const list = heading + init + row({ pid: 10, title: 'worker' })
    const told = await pasted(`${meminfo({ AnonPages: 20_000, PageTables: 600 })}${uname}${list}`)
    const { counters } = strategyOf(readBack(told), 'as-described')
    expect(Math.abs(counters.pageTablesBytes - 600 * 1024)).toBeLessThan(8 * 1024)
    expect(told.text).toContain('# inferred: PageTables less the tables of the regions')
    expect(told.text).not.toContain('page tables of others')
  })

  it('of a list that is not whole leave the other tables to others', async () => {
    const told = await pasted(
      `${meminfo({ AnonPages: 20_000, PageTables: 6000 })}${uname}${heading}${row({ pid: 10, title: 'worker' })}`,
    )
    expect(told.text).toContain('page tables of others')
  })

  it('need the memory of the machine', async () => {
    const { status, stderr } = await pasted(heading + init)
    expect(status).toBe(3)
    expect(stderr).toContain('cannot capture standard input: the memory of the machine is unknown')
  })

  it('are refused where nothing is known in them', async () => {
    const { status, stderr } = await pasted('hello\n')
    expect(status).toBe(3)
    expect(stderr).toContain('it has no output that is known; paste /proc/meminfo, ps auxww')
  })

  it('have memory by free, and its unit by the command or the processes', async () => {
    const free = `$ free -g
              total        used        free      shared  buff/cache   available
Mem:             31          20           1           2          10           9
Swap:             0           0           0
`
    const told = await pasted(`${free}$ ps aux\n${heading}${init}`)
    expect(told.text).toContain('memory: 31 GiB # MemTotal of free')
    expect(told.stderr).toContain(
      'memory is what free prints: /proc/meminfo is missing; it is rounded',
    )
    const other = await pasted(`${free.replace('$ free -g\n', '')}${heading}${init}`)
    expect(other.stderr).toContain('no unit is named: GiB is assumed')
  })

  it('have memory by numastat -m', async () => {
    const told = await pasted(`
Per-node system memory usage (in MBs):
                          Node 0          Node 1           Total
                 --------------- --------------- ---------------
MemTotal                15600.00        15600.00        31200.00
AnonPages                 100.00          100.00          200.00
PageTables                  5.00            5.00           10.00

${heading}${init}`)
    expect(told.text).toContain('memory: 31200 MiB # MemTotal of numastat -m')
    expect(told.stderr).toContain('2 memory nodes')
  })
})

describe('the memory of PostgreSQL', () => {
  const server = [
    row({
      pid: 70,
      user: 'postgres',
      vsz: 4_300_000,
      rss: 200_000,
      title: '/usr/bin/postgres -D /srv',
    }),
    row({
      pid: 71,
      parent: 70,
      user: 'postgres',
      vsz: 70_000,
      rss: 5000,
      title: 'postgres: logger',
    }),
    ...[72, 73, 74].map((pid) =>
      row({
        pid,
        parent: 70,
        user: 'postgres',
        vsz: 4_310_000,
        rss: 2_000_000,
        title: 'postgres: app shop 10.0.0.1(4711) idle',
      }),
    ),
  ].join('')

  it('is bounded by Shmem and the smallest VSZ', async () => {
    const told = await pasted(
      `${meminfo({ AnonPages: 60_000, Shmem: 4_100_000, PageTables: 20_000 })}${uname}${heading}${init}${server}`,
    )
    const { workload } = readBack(told)
    expect(workload.regions).toMatchObject([{ size: 4_300_000 * 1024, program: 'postgresql' }])
    expect(told.text).toContain('resident: 4100000 KiB')
    const backends = workload.groups.find(({ name }) => name === 'postgres: backends')
    expect(backends?.maps).toHaveLength(1)
    expect(workload.groups.find(({ name }) => name === 'postgres: logger')?.maps).toEqual([])
  })

  it('is in the used part of the pool where that is the larger', async () => {
    const pool =
      'HugePages_Total: 2100\nHugePages_Free: 100\nHugePages_Rsvd: 40\nHugepagesize: 2048 kB\n'
    const told = await pasted(
      `${meminfo({ AnonPages: 60_000, Shmem: 10_000, PageTables: 3000 })}${pool}${uname}${heading}${init}${server}`,
    )
    // 2100 - 100 + 40 pages.
    expect(readBack(told).workload.regions).toMatchObject([
      { size: 2040 * 2 ** 21, pageBytes: 2 ** 21 },
    ])
  })
})

describe('text that nobody trusts', () => {
  it('lists fifty thousand backends in one group', async () => {
    const backends = Array.from({ length: 50_000 }, (_, index) =>
      row({ pid: index + 10, user: 'postgres', title: 'postgres: app shop [local] idle' }),
    )
    const told = await pasted(
      `${meminfo({ AnonPages: 60_000, PageTables: 20_000 })}${uname}${heading}${init}${backends.join('')}`,
    )
    const { groups } = readBack(told).workload
    expect(groups.find(({ name }) => name === 'postgres: backends')?.processes).toBe(50_000)
  }, 120_000)

  it('keeps names of processes that mean something to JavaScript, and no control characters', async () => {
    const list = `${heading}${init}${row({ pid: 7, title: '__proto__' })}${row({ pid: 8, title: 'constructor' })}${row({ pid: 9, title: '\u001b[31mred' })}`
    const told = await pasted(`${meminfo({ PageTables: 4000 })}${uname}${list}`)
    const { workload } = readBack(told)
    expect(workload.groups.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['__proto__', 'constructor']),
    )
    expect(told.text + told.stderr).not.toContain('\u001b')
  })

  it('ends anywhere', async () => {
    const whole = `${meminfo({ AnonPages: 20_000, PageTables: 2000 })}${uname}${heading}${init}${row({ pid: 10, title: 'worker' })}`
    const statuses = new Set<number>()
    for (let length = 0; length <= whole.length; length += 7) {
      const { status } = await pasted(whole.slice(0, length))
      statuses.add(status)
    }
    expect([...statuses].toSorted()).toEqual([0, 3])
  })

  it('has RSS of more than the machine, which is ignored', async () => {
    const list = `${heading}${init}${row({ pid: 10, rss: 64_000_000, title: 'worker' })}`
    const { stderr, status } = await pasted(`${meminfo({ PageTables: 4000 })}${uname}${list}`)
    expect(status).toBe(0)
    expect(stderr).toContain('ignored RSS of 1 process: more than MemTotal')
  })
})
