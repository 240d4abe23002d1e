import { describe, expect, it, test } from 'vitest'
import { gib, lkmlServer, mib, planned } from '../../build.ts'
import { fullOf, postmortem } from './reports.ts'

describe('the postmortem of a plan', () => {
  it('is there where the scenario has a report, and only there', () => {
    expect(planned(lkmlServer()).postmortem).toBeUndefined()
    expect(postmortem({ report: `${fullOf} }, reports: 3, report: 2` })).toMatchObject({
      reports: 3,
      report: 2,
      constraint: 'machine',
    })
  })

  it('keeps when it happened, who asked, and for how much', () => {
    const found = postmortem({
      report: `${fullOf} }, time: "Mar 12 03:14:07", invokedBy: java, order: 2`,
    })
    expect(found).toMatchObject({ time: 'Mar 12 03:14:07', invokedBy: 'java', requestedPages: 4 })
  })

  test.each([
    // 64 MiB is the min watermark; a hundredth of 64 GiB is 655.36 MiB.
    ['memory-full', `${fullOf}, free: 719 MiB }`],
    ['memory-free', `${fullOf}, free: 720 MiB }`],
    ['not-contiguous', `${fullOf}, free: 720 MiB }, order: 3`],
    ['memory-full', `${fullOf}, free: 100 MiB }, order: 3`],
    ['cgroup-full', 'constraint: cgroup, memory: { total: 1 GiB }'],
    ['nodes-full', 'constraint: cpuset, memory: { total: 64 GiB, free: 30 GiB }'],
    ['nodes-full', 'constraint: mempolicy, memory: { total: 64 GiB }'],
    ['asked-for', `${fullOf}, free: 60 GiB }, order: -1`],
  ])('the kernel acted because of %s: %s', (trigger, report) => {
    expect(postmortem({ report }).trigger).toBe(trigger)
  })

  test.each([
    ['page-tables', 'pageTables: 7 GiB'],
    ['neither', 'pageTables: 6 GiB'],
    ['idle-pool', 'hugetlb: 8 GiB, hugetlbFree: 7 GiB'],
    ['both', 'pageTables: 7 GiB, hugetlb: 8 GiB, hugetlbFree: 7 GiB'],
  ])('a tenth of 64 GiB makes the cause: %s', (cause, parts) => {
    expect(postmortem({ report: `${fullOf}, ${parts} }` }).cause).toBe(cause)
  })
})

describe('the holders of page tables', () => {
  it('are groups with the most first, then processes in no group', () => {
    const { holders } = postmortem({
      report: `${fullOf} }, listed: { processes: 33, partial: true }`,
      measured:
        'groups: { few: { processes: 1, vmPte: 1 MiB }, many: { processes: 30, vmPte: 1 GiB } }, elsewhere: { processes: 2, vmPte: 2 MiB }',
    })
    expect(holders).toEqual({
      listedProcesses: 33,
      isPartial: true,
      groups: [
        { name: 'many', processes: 30, bytes: gib },
        { name: 'few', processes: 1, bytes: mib },
        { processes: 2, bytes: 2 * mib },
      ],
    })
  })

  it('are unknown where the report lists no process', () => {
    expect(postmortem({ report: `${fullOf} }` }).holders).toBeUndefined()
  })
})
