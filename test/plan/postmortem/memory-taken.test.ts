import { describe, expect, it, test } from 'vitest'
import { weightOf } from '../../../src/plan/postmortem/memory-taken.ts'
import type { Postmortem } from '../../../src/plan/result/postmortem-result.ts'
import { sumBy } from '../../../src/units/sum.ts'
import { gib, mib } from '../../build.ts'
import { fullOf, postmortem } from './reports.ts'

/** Kinds with their bytes, in order. */
function linesOf({ memory }: Postmortem): readonly (readonly [string, number])[] {
  return memory.lines.map(({ kind, bytes }) => [kind, bytes])
}

describe('what took the memory', () => {
  it('is the largest first and what was free last; the report does not count all', () => {
    const found = postmortem({
      report: `${fullOf}, free: 1 GiB, anonymous: 4 GiB, shared: 16 GiB, file: 512 MiB, slab: 1 GiB, pageTables: 40 GiB }`,
    })
    expect(linesOf(found)).toEqual([
      ['page-tables', 40 * gib],
      ['shared', 16 * gib],
      ['private', 4 * gib],
      // 64 - 40 - 16 - 4 - 1 - 0.5 - 1.
      ['unlisted', 1.5 * gib],
      ['slab', gib],
      ['files', 512 * mib],
      ['free', gib],
    ])
    expect(found.memory.lines[0]?.fraction).toBe(0.625)
    expect(found.memory.largest).toBe('shared')
  })

  it('sums to the total, also where counters that are read one after another exceed it', () => {
    const found = postmortem({
      report: `${fullOf}, free: 1 GiB, anonymous: 40 GiB, shared: 24 GiB }`,
    })
    expect(linesOf(found)).toContainEqual(['overcounted', -gib])
    expect(sumBy(found.memory.lines, ({ bytes }) => bytes)).toBe(found.memory.totalBytes)
  })

  it('splits a pool of huge pages into those in use and those that are idle', () => {
    const found = postmortem({
      report: `${fullOf}, free: 0 B, hugetlb: 32 GiB, hugetlbFree: 30 GiB }`,
      host: 'hugepages: { 2 MiB: 16384 }',
    })
    expect(linesOf(found)).toContainEqual(['huge-pages-used', 2 * gib])
    expect(linesOf(found)).toContainEqual(['huge-pages-idle', 30 * gib])
  })

  it('takes the kernel memory of a cgroup apart', () => {
    const found = postmortem({
      report:
        'constraint: cgroup, limit: 16 GiB, memory: { total: 16 GiB, anonymous: 4 GiB, kernel: 10 GiB, slab: 1 GiB, pageTables: 8 GiB }',
    })
    expect(linesOf(found)).toEqual([
      ['page-tables', 8 * gib],
      ['private', 4 * gib],
      ['unlisted', 2 * gib],
      ['slab', gib],
      ['other-kernel', gib],
    ])
    expect(found.memory.limitBytes).toBe(16 * gib)
  })
})

describe('page tables in a report', () => {
  const listed = 'groups: { sessions: { processes: 200, vmPte: 8 GiB } }'

  it('are what the kernel counted', () => {
    const found = postmortem({ report: `${fullOf}, pageTables: 9 GiB }`, measured: listed })
    expect(found.pageTables).toEqual({
      bytes: 9 * gib,
      fraction: 9 / 64,
      from: 'counter',
      weight: 'cause',
    })
  })

  it('are those of the listed processes where no counter has them', () => {
    const found = postmortem({
      report: `${fullOf} }, listed: { processes: 200, partial: true }`,
      measured: listed,
    })
    expect(found.pageTables).toMatchObject({ bytes: 8 * gib, from: 'processes', isLeast: true })
  })

  it('are at most the kernel memory of a cgroup, and unknown where that is', () => {
    const report = (memory: string) => `constraint: cgroup, memory: { total: 16 GiB${memory} }`
    const charged = postmortem({ report: report(', kernel: 6 GiB'), measured: listed })
    expect(charged.pageTables).toMatchObject({ bytes: 6 * gib, from: 'processes' })
    expect(postmortem({ report: report(''), measured: listed }).pageTables).toBeUndefined()
  })

  test('weigh from a tenth of memory on as a cause, from a hundredth on as a part', () => {
    expect([0.1, 0.099, 0.01, 0.0099].map(weightOf)).toEqual(['cause', 'part', 'part', 'none'])
  })
})
