import { describe, expect, it } from 'vitest'
import { readTasks } from '../../../../src/importers/oom-report/log/task-lines.ts'

const dumpOf = (...lines: readonly string[]) => {
  const reader = readTasks()
  const taken = lines.map(reader.take)
  return { ...reader.dump(), taken }
}

describe('the list of a release', () => {
  it('3.10 counts pte tables', () => {
    const { tasks, tables } = dumpOf(
      '[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name',
      '[ 7493]    26  7493   988100    35660     206       12          -500 postgres',
    )
    expect(tables).toBe('counts')
    expect(tasks).toEqual([
      {
        pid: 7493,
        uid: 26,
        name: 'postgres',
        rss: 35660,
        tables: { pte: 206 },
        swap: 12,
        adj: -500,
      },
    ])
  })

  it('4.0 counts pmd tables as well', () => {
    const { tasks } = dumpOf(
      '[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name',
      '[ 4358]  1000  4358  2853387  1773446    5578      13  1074744             0 bash',
    )
    expect(tasks).toMatchObject([{ tables: { pte: 5578, pmd: 13 }, swap: 1074744, name: 'bash' }])
  })

  it('4.15 has bytes, 6.8 splits the resident pages', () => {
    const { tasks, tables } = dumpOf(
      '[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name',
      '[    114]     0   114     7500     4676       96      452      4128    90112        0             0 test sh',
    )
    expect(tables).toBe('bytes')
    expect(tasks).toMatchObject([
      { anon: 96, file: 452, shmem: 4128, tableBytes: 90112, name: 'test sh' },
    ])
  })

  it('2.6.32 has no page tables', () => {
    const { tasks, tables } = dumpOf(
      '[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name',
      '[  711]     0   711     2674       50   1     -17         -1000 udevd',
    )
    expect(tables).toBe('none')
    expect(tasks).toMatchObject([{ rss: 50, adj: -1000, name: 'udevd' }])
  })
})

describe('a list without its head', () => {
  it('is read by the number of its columns', () => {
    const { tasks, isWhole } = dumpOf(
      '[   1201]     0  1201    13120     1000    90112        0          -250 sshd',
    )
    expect(tasks).toMatchObject([
      { pid: 1201, rss: 1000, tableBytes: 90112, adj: -250, name: 'sshd' },
    ])
    expect(isWhole).toBe(false)
    const { tables } = dumpOf(
      '[ 7493]    26  7493   988100    35660     206       12          -500 postgres',
    )
    expect(tables).toBe('counts')
  })
})

describe('a name', () => {
  const head = '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name'
  it.each(['a b', '(sd-pam)', '[kworker]', '__proto__', '42', 'a] 1 2', '\\x0a'])(
    'may be %s',
    (name) => {
      const { tasks } = dumpOf(
        head,
        `[   1201]     0  1201    13120     1000    90112        0             0 ${name}`,
      )
      expect(tasks.map((task) => task.name)).toEqual([name])
    },
  )
})

describe('a damaged line', () => {
  const head = '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name'
  it.each([
    ['that is cut', '[   1201]     0  1201    131'],
    [
      'with more than any machine has',
      '[   1201]     0  1201    13120 99999999999999999999    90112        0             0 sshd',
    ],
    [
      'with a process id that no process has',
      '[9999999]     0  1201    13120     1000    90112        0             0 sshd',
    ],
  ])('%s is no process', (_, line) => {
    expect(dumpOf(head, line)).toMatchObject({ tasks: [], taken: [true, false] })
  })

  it('twice is one process; a counter below zero is zero', () => {
    const line = '[   1201]     0  1201    13120       -5    90112        0             0 sshd'
    expect(dumpOf(head, line, line).tasks).toMatchObject([{ rss: 0 }])
  })
})

it('the kernel prints ids of users as signed numbers', () => {
  const { tasks } = dumpOf('[   1762]    -2  1762     4074      467    77824      144          0 a')
  expect(tasks).toMatchObject([{ uid: 4294967294 }])
})

describe('lines that were cut at the width of a terminal', () => {
  const head = '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name'

  it('have no numbers that were cut', () => {
    const { tasks, isWhole } = dumpOf(
      '[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes sw...',
      '[ 483880]  1000 483880    73357    14530    12706     1824         0   180224        ...',
      '[ 483881]  1000 483881    73357    14530    12706     1824         0   180224       20…',
    )
    expect(tasks).toEqual([])
    expect(isWhole).toBe(false)
  })

  it('may lack only the end of a name', () => {
    const { tasks } = dumpOf(
      head,
      '[     7]     0     7     4074      467    77824        0          0 postg…',
    )
    expect(tasks).toMatchObject([{ name: 'postg…', rss: 467, tableBytes: 77824 }])
  })
})
