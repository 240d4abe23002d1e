import { describe, expect, test } from 'vitest'
import { postmortemVerdict, reportLine } from '../../../src/render/screen/postmortem-verdict.ts'
import type { ReportParts } from '../../plan/postmortem/reports.ts'
import { fullOf, postmortem, resultOf } from '../../plan/postmortem/reports.ts'
import { flat, plain } from './servers.ts'

function said(parts: ReportParts): string {
  return flat(postmortemVerdict(postmortem(parts), resultOf(parts), plain))
}

describe('the verdict of a postmortem', () => {
  test.each([
    [
      `${fullOf}, pageTables: 40 GiB, shared: 16 GiB, swapTotal: 8 GiB, swapFree: 0 B }`,
      'OUT OF MEMORY: page tables took 40.0 GiB, 63 % of memory. This is a page-table problem. All 8 GiB of swap were in use.',
    ],
    [
      `${fullOf}, pageTables: 2 GiB, anonymous: 60 GiB }`,
      'OUT OF MEMORY: page tables took 2.0 GiB, 3.1 % of memory. They are a part of the problem, not all of it. Most went to private memory: 60.0 GiB, 94 %.',
    ],
    [
      `${fullOf}, pageTables: 192 MiB, anonymous: 60 GiB, swapTotal: 8 GiB, swapFree: 2 GiB }`,
      'OUT OF MEMORY: page tables took 192.0 MiB, 0.29 % of memory. This is not a page-table problem. Most went to private memory: 60.0 GiB, 94 %. 2.0 GiB of 8 GiB of swap were free.',
    ],
    [
      `${fullOf}, pageTables: 192 MiB, anonymous: 20 GiB, hugetlb: 40 GiB, hugetlbFree: 40 GiB }`,
      'OUT OF MEMORY: 40.0 GiB of huge pages were idle, 63 % of memory. Page tables took 192.0 MiB, 0.29 % of memory. This is not a page-table problem.',
    ],
    [
      `${fullOf}, anonymous: 60 GiB }`,
      'OUT OF MEMORY: the log does not say what page tables took. Most went to private memory: 60.0 GiB, 94 %.',
    ],
    [
      'constraint: cgroup, cgroup: /pods/a/, limit: 16 GiB, memory: { total: 16 GiB, pageTables: 8 GiB }',
      'OUT OF MEMORY in cgroup a, limit 16 GiB: page tables took 8.0 GiB, 50 % of what the cgroup used. This is a page-table problem.',
    ],
    [
      'constraint: cpuset, nodes: "1", memory: { total: 64 GiB, free: 30 GiB, pageTables: 8 GiB }',
      'OUT OF MEMORY on NUMA nodes 1, with 30.0 GiB free: page tables took 8.0 GiB, 13 % of memory.',
    ],
    [
      `${fullOf}, free: 20 GiB, pageTables: 192 MiB }, order: 4`,
      'OUT OF MEMORY with 20.0 GiB free, but not 64.0 KiB in one piece: page tables took 192.0 MiB, 0.29 % of memory. This is not a page-table problem.',
    ],
    [
      `${fullOf}, free: 20 GiB, pageTables: 8 GiB }`,
      'OUT OF MEMORY with 20.0 GiB free that this allocation could not use: page tables took 8.0 GiB, 13 % of memory. This is a page-table problem.',
    ],
    [
      `${fullOf}, free: 60 GiB, pageTables: 192 MiB }, order: -1`,
      'KILLED BY HAND with SysRq f: page tables took 192.0 MiB, 0.29 % of memory. This is not a page-table problem.',
    ],
  ])('says plainly whether page tables are the problem: %s', (report, text) => {
    expect(said({ report })).toBe(text)
  })
})

describe('the line about the report', () => {
  test('says when, who asked, and which of several it is', () => {
    const report = `${fullOf} }, time: "Mar 12 03:14:07", invokedBy: java`
    expect(reportLine(postmortem({ report }), plain)).toEqual([
      'Mar 12 03:14:07: java asked for memory.',
    ])
    expect(flat(reportLine(postmortem({ report: `${report}, reports: 3` }), plain))).toBe(
      'Mar 12 03:14:07: java asked for memory. Report 3 of 3 in the log; another: --report N.',
    )
    expect(reportLine(postmortem({ report: `${fullOf} }, time: "8126.25"` }), plain)).toEqual([
      '8126.25 s after the start.',
    ])
    expect(reportLine(postmortem({ report: `${fullOf} }` }), plain)).toEqual([])
  })
})
