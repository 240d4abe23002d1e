import { describe, expect, it } from 'vitest'
import type { ProcessList } from '../../../src/capture/printed/process-list.ts'
import { ProcessRows, processColumns } from '../../../src/capture/printed/process-list.ts'

function listOf(text: string): ProcessList {
  const [head = '', ...lines] = text.split('\n').filter((line) => line !== '')
  const columns = processColumns(head)
  if (columns === undefined) throw new Error(`no heading: ${head}`)
  const rows = new ProcessRows(columns)
  for (const line of lines) if (!rows.take(line)) rows.countUnreadable()
  return rows.list()
}

describe('lists of ps', () => {
  it('aux: user, sizes and the command line', () => {
    const { processes, hasRss } = listOf(`
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
oracle      4711  0.0  0.1 100901232 91204 ?    Ss   Jan01   1:02 ora_pmon_prod
`)
    expect(hasRss).toBe(true)
    expect(processes).toEqual([
      {
        pid: 4711,
        threads: 1,
        user: 'oracle',
        size: 100_901_232,
        rss: 91_204,
        title: 'ora_pmon_prod',
      },
    ])
  })

  it('-ef: the user is under UID, and there is no RSS', () => {
    const { processes, hasRss } = listOf(`
UID          PID    PPID  C STIME TTY          TIME CMD
postgres     700       1  0 10:00 ?        00:00:01 /usr/bin/postgres -D /srv/data
`)
    expect(hasRss).toBe(false)
    expect(processes).toMatchObject([{ pid: 700, parent: 1, user: 'postgres' }])
    expect(processes[0]?.title).toBe('/usr/bin/postgres -D /srv/data')
  })

  it('-eLf: the threads of a process are one process', () => {
    const { processes } = listOf(`
UID          PID    PPID     LWP  C NLWP STIME TTY          TIME CMD
mysql       2100       1    2100  0    3 10:00 ?        00:00:01 /usr/sbin/mysqld
mysql       2100       1    2101  0    3 10:00 ?        00:00:01 /usr/sbin/mysqld
mysql       2100       1    2102  0    3 10:00 ?        00:00:01 /usr/sbin/mysqld
`)
    expect(processes).toMatchObject([{ pid: 2100, threads: 3 }])
  })

  it('auxm: lines with a dash are the threads of the process above', () => {
    const { processes } = listOf(`
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
mysql       2100  0.0  0.1   9000  8000 ?        -    10:00   0:01 /usr/sbin/mysqld
mysql          -  0.0    -      -     - -        Sl   10:00   0:01 -
mysql          -  0.0    -      -     - -        Sl   10:00   0:00 -
`)
    expect(processes).toMatchObject([{ pid: 2100, threads: 2 }])
  })

  it('faux: without the branches of the tree', () => {
    const { processes } = listOf(`
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root         900  0.0  0.1   9000  8000 ?        Ss   10:00   0:01 /usr/sbin/sshd -D
root         901  0.0  0.1   9000  8000 ?        Ss   10:00   0:01  |   \\_ sshd: admin
`)
    expect(processes.map(({ title }) => title)).toEqual(['/usr/sbin/sshd -D', 'sshd: admin'])
  })

  it('-eo: columns in any order, numbers behind the command, dates of several words', () => {
    const { processes } = listOf(`
  PID                  STARTED COMMAND            RSS    VSZ
  700 Mon Nov  2 10:00:00 2026 tmux: server      3000  90000
  701              Nov 02      my program -x     4000  91000
`)
    expect(processes).toMatchObject([
      { pid: 700, title: 'tmux: server', rss: 3000, size: 90_000 },
      { pid: 701, title: 'my program -x', rss: 4000, size: 91_000 },
    ])
  })

  it('-eo pid,comm,args: the short name and the command line', () => {
    const { processes } = listOf(`
    PID COMMAND         COMMAND
    700 tmux: server    /usr/bin/tmux new -s a
    701 firewalld       /usr/bin/python3 /usr/sbin/firewalld
`)
    expect(processes).toMatchObject([
      { comm: 'tmux: server', title: '/usr/bin/tmux new -s a' },
      { comm: 'firewalld', title: '/usr/bin/python3 /usr/sbin/firewalld' },
    ])
  })

  it('top: sizes with units, in any locale, and what of RES is shared', () => {
    const { processes } = listOf(`
    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
   9001 oracle    20   0   96.2g   1,5g   1.4g S   0,0   2,1   4:42.00 oracle_9001_pr
`)
    expect(processes).toMatchObject([
      { size: Math.round(96.2 * 1024 ** 2), rss: 1_572_864, shared: Math.round(1.4 * 1024 ** 2) },
    ])
  })
})

describe('rows that are no processes', () => {
  const aux = 'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\n'

  it('are threads of the kernel, which have no memory, and zombies', () => {
    const { processes, kernelThreads, zombies } = listOf(
      `${aux}root 2 0.0 0.0 0 0 ? S 10:00 0:00 [kthreadd]
oracle 9 0.0 0.0 0 0 ? Z 10:00 0:00 [oracle] <defunct>
`,
    )
    expect([processes.length, kernelThreads, zombies]).toEqual([0, 1, 1])
  })

  it('are cut, or have numbers that no process has', () => {
    const { processes, unreadable } = listOf(
      `${aux}root 12 0.0
root 99999999 0.0 0.0 10 10 ? S 10:00 0:00 past every number
root 12 0.0 0.0 10 99999999999999999999 ? S 10:00 0:00 past 2^53
root 12 0.0 0.0 10 9007199254740993 ? S 10:00 0:00 past 2^53 in bytes
root x 0.0 0.0 10 10 ? S 10:00 0:00 no number
`,
    )
    expect([processes.length, unreadable]).toEqual([0, 5])
  })

  it('are not headings: a heading has PID and a command or RSS, in capitals', () => {
    expect(processColumns('the PID of the COMMAND')).toBeUndefined()
    expect(processColumns('PID TTY TIME')).toBeUndefined()
    expect(processColumns('PID TTY TIME CMD')).toBeDefined()
  })
})

it('reads two hundred thousand rows', () => {
  const columns = processColumns('USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND')
  if (columns === undefined) throw new Error('no heading')
  const rows = new ProcessRows(columns)
  for (let pid = 1; pid <= 200_000; pid += 1) {
    rows.take(`postgres ${pid} 0.0 0.1 9000 100 ? Ss 10:00 0:00 postgres: app shop [local] idle`)
  }
  expect(rows.list().processes).toHaveLength(200_000)
})

it('takes time in proportion to a row of one million spaces', () => {
  const columns = processColumns('PID COMMAND RSS')
  if (columns === undefined) throw new Error('no heading')
  const rows = new ProcessRows(columns)
  const spaces = ' '.repeat(1_000_000)
  expect(rows.take(`7 a${spaces}b${spaces}c`)).toBe(false)
  expect(rows.take(`7 a${spaces}b${spaces}30`)).toBe(true)
})
