import { describe, expect, it } from 'vitest'
import { holderTable, memoryTable } from '../../../src/render/screen/memory-table.ts'
import { fullOf, postmortem } from '../../plan/postmortem/reports.ts'
import { plain } from './servers.ts'

const wide = { ...plain, width: 100 }

describe('the table of what took the memory', () => {
  it('puts parts below a hundredth into one line, and ends with the sum', () => {
    const found = postmortem({
      report: `${fullOf}, free: 64 MiB, shared: 16 GiB, anonymous: 6 GiB, pageTables: 40 GiB, slab: 512 MiB, file: 256 MiB }`,
    })
    // 64 - 40 - 16 - 6 - 0.5 - 0.25 - 0.0625 = 1.1875 GiB.
    expect(memoryTable(found, wide).slice(1)).toEqual([
      'Page tables                    40.0 GiB    63 %',
      'Shared memory                  16.0 GiB    25 %',
      'Private memory                  6.0 GiB   9.4 %',
      'Not in the log                  1.2 GiB   1.9 %',
      'Kernel objects, cached files  768.0 MiB   1.2 %',
      'Free                           64.0 MiB  0.10 %',
      'All memory                     64.0 GiB',
    ])
  })

  it('shows page tables however small, and one small part by its name', () => {
    const found = postmortem({
      report: `${fullOf}, free: 0 B, anonymous: 63 GiB, pageTables: 64 MiB, slab: 512 MiB, file: 448 MiB }`,
    })
    const small = memoryTable(found, wide).slice(1)
    expect(small.map((line) => line.split('  ')[0])).toEqual([
      'Private memory',
      'Page tables',
      'Kernel objects, cached files',
      'Free',
      'All memory',
    ])
    const one = postmortem({
      report: `${fullOf}, anonymous: 63 GiB, pageTables: 512 MiB, slab: 512 MiB }`,
    })
    expect(memoryTable(one, wide)[3]).toMatch(/^Kernel objects +512\.0 MiB +0\.78 %$/)
  })

  it('is of what a cgroup used where that ran out', () => {
    const found = postmortem({
      report: 'constraint: cgroup, memory: { total: 1 GiB, anonymous: 1 GiB }',
    })
    expect(memoryTable(found, wide).at(-1)).toBe('All that the cgroup used  1.0 GiB')
  })
})

describe('the table of who holds the page tables', () => {
  const groups = (list: string, report = 'listed: { processes: 5 }') =>
    holderTable(
      postmortem({ report: `${fullOf} }, ${report}`, measured: `groups: { ${list} }` }),
      wide,
    )

  it('has the average of each group, and the small groups together', () => {
    const list = ['a', 'b', 'c', 'd', 'e']
      .map((name, index) => `${name}: { processes: 2, vmPte: ${10 - index} MiB }`)
      .join(', ')
    expect(groups(list).slice(1)).toEqual([
      'a               2     10.0 MiB  5.0 MiB',
      'b               2      9.0 MiB  4.5 MiB',
      'c               2      8.0 MiB  4.0 MiB',
      '2 more          4     13.0 MiB  3.3 MiB',
    ])
  })

  it('says where the list was cut, and where there is none', () => {
    const cut = groups(
      'a: { processes: 5, vmPte: 1 MiB }',
      'listed: { processes: 5, partial: true }',
    )
    expect(cut.at(-1)).toBe('The list in the log is cut: it has 5 processes, and there were more.')
    expect(holderTable(postmortem({ report: `${fullOf} }` }), wide)).toEqual([
      'The log lists no processes: who holds the page tables is unknown.',
    ])
  })
})
