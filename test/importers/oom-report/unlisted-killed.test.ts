import { describe, expect, it } from 'vitest'
import { withKilled } from '../../../src/importers/oom-report/unlisted-killed.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { firstReport, imported, logText, oracleLog, postgresLog } from './fixtures.ts'

const kill =
  'Out of memory: Killed process 9 (a) total-vm:80kB, anon-rss:40kB, file-rss:8kB, shmem-rss:4kB, UID:26 pgtables:16kB oom_score_adj:5'

describe('a report without a list of processes', () => {
  it('has the killed ones in its place, in pages', () => {
    expect(withKilled(firstReport(kill)).dump).toEqual({
      tasks: [
        {
          pid: 9,
          uid: 26,
          name: 'a',
          rss: 13,
          anon: 10,
          file: 2,
          shmem: 1,
          tableBytes: 16384,
          swap: 0,
          adj: 5,
        },
      ],
      tables: 'bytes',
      isWhole: false,
      listed: 0,
    })
  })

  it('lacks page tables before Linux 5.1, and processes that were not measured', () => {
    const old = kill.replace(/, UID.*/, '')
    expect(withKilled(firstReport(old)).dump).toMatchObject({ tables: 'none', tasks: [{ uid: 0 }] })
    const cut = firstReport('Out of memory: Killed process 9 (a) total-vm:80kB, an...')
    expect(withKilled(cut).dump.tasks).toEqual([])
  })

  it('or in a list without them, as a search for words leaves it', () => {
    const { dump } = withKilled(
      firstReport(`[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
[   1762]   998  1762     4074      467    77824      144          -900 systemd-oomd
${kill}`),
    )
    expect(dump.tasks.map(({ name }) => name)).toEqual(['systemd-oomd', 'a'])
    expect(dump).toMatchObject({ listed: 1, isWhole: false })
  })

  it('stays as it is where it has one', () => {
    const report = firstReport(logText(oracleLog))
    expect(withKilled(report)).toBe(report)
  })
})

describe('the scenario of it', () => {
  const withoutList = (name: string) =>
    logText(name).replaceAll(/^.*\[ *(?:pid|\d+) *\] +(?:uid|\d+) .*\n/gm, '')
  const measured = (text: string) => {
    const read = readScenario(imported(text), 'log.yaml')
    if (!read.ok) throw new Error(JSON.stringify(read.issues))
    return read.workload
  }

  it('has the memory of the machine and its page tables, and the killed process', () => {
    const { measured: known, groups } = measured(withoutList(postgresLog))
    // pagetables:9240243 of the log, in pages.
    expect(known?.pageTables).toBe(9_240_243 * 4096)
    expect(known?.outOfMemory?.listed).toEqual({ processes: 0, partial: true })
    expect(known?.outOfMemory?.chosen).toBeUndefined()
    expect(known?.outOfMemory?.killed[0]?.pageTables).toBeUndefined()
    expect(groups.map(({ name, processes }) => [name, processes])).toEqual([['postgres', 1]])
  })

  it('has no groups where the log ends before the kill', () => {
    const { measured: known, groups } = measured(
      logText(oracleLog).split('\n').slice(0, 30).join('\n'),
    )
    expect(groups).toEqual([])
    expect(known?.outOfMemory?.memory.pageTables).toBeGreaterThan(180 * 2 ** 30)
  })
})
