import { describe, expect, it, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { OutOfMemory } from '../../../src/workload/out-of-memory.ts'
import { minimal } from '../reading.ts'

function reading(report: string) {
  return readScenario(`${minimal}measured: { outOfMemory: { ${report} } }\n`, 'test.yaml')
}

function reportOf(report: string): OutOfMemory | undefined {
  const read = reading(report)
  if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join())
  return read.workload.measured?.outOfMemory
}

function messagesOf(report: string): readonly string[] {
  const read = reading(report)
  return read.ok ? [] : read.issues.map(({ message }) => message)
}

const least = 'constraint: machine, memory: { total: 1 GiB }'

describe('an out-of-memory report in a scenario', () => {
  it('needs no more than what limited the allocation, and how much memory there was', () => {
    expect(reportOf(least)).toEqual({
      constraint: 'machine',
      memory: { total: 2 ** 30 },
      killed: [],
      reports: 1,
      report: 1,
    })
  })

  it('is the last of several where it does not say which', () => {
    expect(reportOf(`${least}, reports: 3`)).toMatchObject({ reports: 3, report: 3 })
    expect(reportOf(`${least}, reports: 3, report: 2`)).toMatchObject({ reports: 3, report: 2 })
  })

  it('keeps what it says: sizes in bytes, processes by name and number', () => {
    expect(
      reportOf(
        `time: "Mar 12 03:14:07", constraint: cgroup, cgroup: /system.slice/pg.service, limit: 10 GiB,
         invokedBy: postgres, order: 0, memory: { total: 10 GiB, pageTables: 9 GiB, hugetlb: 4 MiB, hugetlbFree: 2 MiB },
         listed: { processes: 12, partial: true },
         killed: [{ process: oracle, pid: 4711, because: points, anonymous: 6 MiB, pageTables: 600 MiB, oomScoreAdj: -5 }],
         chosen: { process: oracle, pid: 4711, group: clients, points: -3 }`,
      ),
    ).toEqual({
      time: 'Mar 12 03:14:07',
      constraint: 'cgroup',
      cgroup: '/system.slice/pg.service',
      limit: 10 * 2 ** 30,
      invokedBy: 'postgres',
      order: 0,
      memory: {
        total: 10 * 2 ** 30,
        pageTables: 9 * 2 ** 30,
        hugetlb: 2 ** 22,
        hugetlbFree: 2 ** 21,
      },
      listed: { processes: 12, partial: true },
      killed: [
        {
          process: 'oracle',
          pid: 4711,
          because: 'points',
          anonymous: 6 * 2 ** 20,
          pageTables: 600 * 2 ** 20,
          oomScoreAdj: -5,
        },
      ],
      chosen: { process: 'oracle', pid: 4711, group: 'clients', points: -3 },
      reports: 1,
      report: 1,
    })
  })

  it('does not say false: what is false is absent', () => {
    const report = reportOf(`${least}, panicked: false, listed: { processes: 1, partial: false }`)
    expect(report).toEqual({
      constraint: 'machine',
      memory: { total: 2 ** 30 },
      listed: { processes: 1 },
      killed: [],
      reports: 1,
      report: 1,
    })
    expect(reportOf(`${least}, panicked: true`)).toMatchObject({ panicked: true })
  })

  test.each([
    ['without its memory', 'constraint: machine', '`memory` is missing'],
    ['of another kind', least.replace('machine', 'node'), 'unknown constraint `node`'],
    ['that is not among them', `${least}, reports: 2, report: 3`, 'there is no report 3 of 2'],
    [
      'with more huge pages free than there are',
      'constraint: machine, memory: { total: 1 GiB, hugetlb: 2 MiB, hugetlbFree: 4 MiB }',
      '`hugetlbFree` is more than `hugetlb`',
    ],
    [
      'with more swap free than there is',
      'constraint: machine, memory: { total: 1 GiB, swapTotal: 2 MiB, swapFree: 4 MiB }',
      '`swapFree` is more than `swapTotal`',
    ],
    [
      'with a process without a number',
      `${least}, killed: [{ process: oracle }]`,
      '`pid` is missing',
    ],
  ])('is refused %s', (_, report, message) => {
    expect(messagesOf(report)).toEqual([expect.stringContaining(message)])
  })
})
