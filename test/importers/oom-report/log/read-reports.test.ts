import { describe, expect, it } from 'vitest'
import type { OomReport } from '../../../../src/importers/oom-report/log/report.ts'
import {
  firstReport,
  javaLog,
  logs,
  logText,
  oracleLog,
  podLog,
  postgresLog,
  reportsIn,
  webLog,
} from '../fixtures.ts'

describe('the report of each release', () => {
  it.each([
    [
      oracleLog,
      {
        processes: 1517,
        killed: 41006,
        release: '5.4.17-2136.300.7.el8uek.x86_64',
        constraint: 'machine',
        stamp: '8126401.113702',
      },
    ],
    [
      postgresLog,
      {
        processes: 756,
        killed: 20117,
        release: '3.10.0-1160.el7.x86_64',
        constraint: 'machine',
        stamp: 'Mar 12 03:14:07',
      },
    ],
    [
      webLog,
      {
        processes: 96,
        killed: 4001,
        release: '4.18.0-553.el8_10.x86_64',
        constraint: 'machine',
        stamp: 'Nov 02 19:40:51',
      },
    ],
    [
      podLog,
      {
        processes: 251,
        killed: 310000,
        release: '5.15.0-105-generic',
        constraint: 'cgroup',
        stamp: '2026-03-12T03:14:07.123456+00:00',
      },
    ],
    [
      javaLog,
      {
        processes: 36,
        killed: 2101,
        release: '6.8.0-45-generic',
        constraint: 'machine',
        stamp: 'Thu Mar 12 03:14:07 2026',
      },
    ],
  ])('%s', (name, expected) => {
    expect(reportsIn(logText(name))).toHaveLength(1)
    const { dump, killed, release, constraint, stamp, architecture } = firstReport(logText(name))
    expect({
      processes: dump.tasks.length,
      killed: killed[0]?.pid,
      release,
      constraint,
      stamp,
    }).toEqual(expected)
    expect(dump.isWhole).toBe(true)
    expect(architecture).toBe('x86-64')
    expect(killed[0]?.because).toBe('points')
  })
})

describe('a log', () => {
  const both = logs.map(logText).join('')

  it('may have several reports', () => {
    expect(reportsIn(both).map(({ invokedBy }) => invokedBy)).toEqual([
      'oracle_41306_or',
      'postgres',
      'httpd',
      'postgres',
      'agent (3)',
      'launcher',
    ])
  })

  it('has one report where a console and a journal kept each line', () => {
    const doubled = logText(javaLog)
      .split('\n')
      .flatMap((line) => [line, `<4>${line}\r`])
    const reports = reportsIn(
      doubled.filter((line, at) => at > 1 || !line.startsWith('<4>')).join('\n'),
    )
    expect(reports).toHaveLength(1)
    expect(reports[0]?.dump.tasks).toHaveLength(36)
    expect(reports[0]?.killed).toHaveLength(1)
  })

  it('has no report in a failed allocation, which prints Mem-Info too', () => {
    const lines = logText(javaLog).split('\n')
    const memory = lines.slice(
      lines.findIndex((line) => line.endsWith('Mem-Info:')),
      lines.findIndex((line) => line.includes('Tasks state')),
    )
    expect(memory.length).toBeGreaterThan(10)
    expect(reportsIn(['kworker: page allocation failure: order:4', ...memory].join('\n'))).toEqual(
      [],
    )
    expect(reportsIn('nothing happened\n')).toEqual([])
  })

  it('whose head is cut off still has its processes', () => {
    const text = logText(webLog)
    const [report] = reportsIn(text.slice(text.indexOf('dbus-daemon')))
    expect(report?.dump).toMatchObject({ isWhole: false, tables: 'bytes' })
    expect(report?.dump.tasks).toHaveLength(91)
    expect(report?.killed[0]?.name).toBe('mariadbd')
  })

  it('in which syslog escaped line feeds is read the same', () => {
    const plain = logText(javaLog).replace(
      /\n\[Thu Mar 12 03:14:07 2026\] {2}(?=active_file|unevictable|slab|mapped|sec_page|kernel_misc|free:)/g,
      '#012 ',
    )
    expect(plain).toContain('isolated_anon:0#012 active_file')
    expect(reportsIn(plain)[0]?.memory.counters).toEqual(
      reportsIn(logText(javaLog))[0]?.memory.counters,
    )
  })

  it('with a kill of a whole cgroup says so of each process', () => {
    const group = 'Tasks in /pod are going to be killed due to memory.oom.group set\n'
    const text = logText(podLog)
    const at = text.lastIndexOf('2026-03-12')
    const [report] = reportsIn(`${text.slice(0, at)}${group}${text.slice(at)}`)
    expect(report?.killed[0]?.because).toBe('oom-group')
  })
})

describe('a log as others keep it', () => {
  const seen = ({ dump, killed, memory }: OomReport) => ({ dump, killed, memory })
  const lines = logText(javaLog)
    .split('\n')
    .map((line) => line.replace(/^\[[^\]]*\] /, ''))
  const plain = seen(firstReport(lines.join('\n')))

  it('in JSON, with the counters of Mem-Info as one message', () => {
    const text = lines.join('\n').replaceAll(/\n (?=[a-z_]+:\d)/g, '\u0000')
    const journal = text
      .split('\n')
      .map((line) => JSON.stringify({ MESSAGE: line.replaceAll('\u0000', '\n ') }))
    expect(seen(firstReport(journal.join('\n')))).toEqual(plain)
  })

  it('with carriage returns only, and with each message twice', () => {
    expect(seen(firstReport(lines.join('\r')))).toEqual(plain)
    const twice = lines.flatMap((line) => [line, line]).join('\n')
    expect(reportsIn(twice).map(seen)).toEqual([plain])
  })

  it('with a line feed as rsyslog and programs write it', () => {
    for (const feed of ['#012', '\\n', '\\n '])
      expect(
        firstReport(`a invoked oom-killer: order=0\nactive_anon:7 x:1${feed}shmem:9`).memory
          .counters,
      ).toEqual(
        new Map([
          ['active_anon', 7],
          ['shmem', 9],
        ]),
      )
  })
})

it('a list that lacks the killed process is not whole', () => {
  const log = (pid: number) => `a invoked oom-killer: order=0
[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
[   1762]   998  1762     4074      467    77824      144          -900 systemd-oomd
Out of memory: Killed process ${pid} (a) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB`
  expect(firstReport(log(1762)).dump.isWhole).toBe(true)
  expect(firstReport(log(1888)).dump.isWhole).toBe(false)
})

it('a time in seconds since 1970 is a date', () => {
  const at = (stamp: string) => firstReport(`${stamp} a invoked oom-killer: order=0`).stamp
  expect(at('1773285247.123456 db1 kernel:')).toBe('2026-03-12 03:14:07 UTC')
  expect(at('[8126401.113702]')).toBe('8126401.113702')
})
