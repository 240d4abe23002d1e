import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { verdict } from '../../../src/render/screen/verdict.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, planned, random } from '../../build.ts'
import { resultOfText } from '../../plan/advice/applied.ts'
import { flat, oneRequest, plain, pooled, server } from './servers.ts'

const said = (parts: WorkloadParts): string => flat(verdict(planned(parts), plain))
const saidOf = (text: string): string => flat(verdict(resultOfText(text), plain))

describe('the verdict', () => {
  test('is safe from a tenth of memory on', () => {
    // 64 - 16 - 200 * 33,628,160 B = 41.7 GiB.
    expect(said(server(200))).toBe(
      'SAFE: 41.7 GiB of headroom, 65 % of memory (safe from 10 %). ' +
        'Page tables need 6.3 GiB, 9.8 % of memory. ' +
        'sessions: 200 now, safe up to 1,328, at most 1,532.',
    )
  })

  test('is tight below that', () => {
    expect(said(server(1400))).toMatch(
      /^TIGHT: 4\.2 GiB of headroom, 6\.5 % of memory \(safe from 10 %\)\. Page tables need 43\.8 GiB, 69 % of memory\. /,
    )
  })

  test('is out of memory where it is short, and names who is killed first', () => {
    // 2,000 sessions: 62.6 GiB of page tables, 14.6 GiB short; (16 + 62.6) / 0.9 = 87.4.
    expect(said(server(2000))).toBe(
      'OUT OF MEMORY: 14.6 GiB short. Page tables need 62.6 GiB, 98 % of memory: ' +
        'without them it would fit. ' +
        'sessions: 2,000 now, safe up to 1,328, at most 1,532. Safe from 87.4 GiB of memory. ' +
        'First killed: one of sessions.',
    )
  })

  test('swaps where swap holds what is short: nobody is killed', () => {
    const text = said(server(2000, { host: { swap: 32 * gib } }))
    expect(text).toMatch(
      /^SWAPS: 14\.6 GiB more than memory holds, in swap\. Page tables need 62\.6 GiB, 98 % of memory: without them it would fit\. sessions: 2,000 now, safe up to 1,328, without swapping up to 1,532, at most [\d,]+\. Safe from 87\.4 GiB of memory\.$/,
    )
  })

  test('blames page tables only where it would fit without them', () => {
    const big = server(200, { group: { private: gib, maps: [{ region: 'data' }] } })
    expect(said(big)).toMatch(/^OUT OF MEMORY: 158\.3 GiB short\. Page tables need .+ of memory\. /)
    expect(said(server(1400))).not.toContain('without them')
  })

  test('names the cgroup if only that is out of memory, and what the host has', () => {
    // 16 GiB and 6.26 GiB of page tables in 20 GiB.
    const text = said(
      server(200, {
        host: { cgroups: { 'db prod': 20 * gib } },
        group: { cgroup: 'db prod', maps: [{ region: 'data' }] },
      }),
    )
    expect(text).toMatch(
      /^OUT OF MEMORY in cgroup "db prod": 2\.3 GiB short of its 20 GiB; the host has 41\.7 GiB of headroom, 65 % of memory\./,
    )
    expect(text).toContain('First killed: one of sessions.')
  })

  test('names the cgroup that is shortest of its limit, and counts the others', () => {
    // 16 GiB and 6.26 GiB of page tables in 20 GiB; 200 GiB in 40 GiB.
    const parts = server(200, {
      host: { memory: 640 * gib, cgroups: { db: 20 * gib, jobs: 40 * gib } },
      group: { cgroup: 'db', maps: [{ region: 'data' }] },
    })
    const jobs = { processes: 200, private: gib, cgroup: 'jobs' }
    const text = said({ ...parts, groups: { ...parts.groups, jobs } })
    expect(text).toMatch(
      /^OUT OF MEMORY in cgroup jobs and 1 more: 160\.0 GiB short of its 40 GiB; the host has /,
    )
    expect(text).toContain('First killed: one of jobs.')
  })

  test('of a cgroup that is tight says how much of it is left', () => {
    // 24 - 22.26 GiB.
    const text = said(
      server(200, {
        host: { cgroups: { db: 24 * gib } },
        group: { cgroup: 'db', maps: [{ region: 'data' }] },
      }),
    )
    expect(text).toMatch(
      /^TIGHT in cgroup db: 1\.7 GiB of headroom, 7\.2 % of its 24 GiB; the host has 41\.7 GiB/,
    )
  })

  test('if safe names the tightest cgroup', () => {
    const cgroups = { db: 32 * gib, jobs: 40 * gib }
    const parts = server(200, {
      host: { cgroups },
      group: { cgroup: 'db', maps: [{ region: 'data' }] },
    })
    const jobs = { cgroup: 'jobs', private: gib }
    // (32 - 22.26) / 32.
    expect(said({ ...parts, groups: { ...parts.groups, jobs } })).toContain(
      '(safe from 10 %). Tightest cgroup: db, 30 % of 32 GiB. Page tables',
    )
  })

  test('names idle huge pages from a hundredth of memory on', () => {
    // 328 of 2 MiB are 656 MiB, one more than 655.36 MiB needs.
    expect(said(pooled(8192 + 328))).toContain('Idle huge pages: 656.0 MiB, 1.0 % of memory.')
    expect(said(pooled(8192 + 327))).not.toContain('Idle')
  })

  test('marks page tables that chance decides', () => {
    const text = said(server(200, { group: { maps: [{ region: 'data', touched: random(1000) }] } }))
    expect(text).toMatch(/Page tables need ~[\d.]+ [MG]iB, /)
  })

  test('is painted in its own words only', () => {
    const coloured = { ...plain, color: true }
    const [first = ''] = verdict(planned(server(2000)), coloured)
    const words = stripVTControlCharacters(first)
    expect(words).toMatch(/^OUT OF MEMORY: /)
    expect(first.endsWith(words.slice('OUT OF MEMORY'.length))).toBe(true)
    expect(first.startsWith('\u001b[')).toBe(true)
  })
})

describe('what cannot start', () => {
  test('lacks huge pages: how many, and what it is once they are there', () => {
    // 64 - 16 GiB - 200 * 72 KiB.
    expect(said(pooled(8000))).toBe(
      'CANNOT START: data needs 8,192 huge pages of 2 MiB, the pool has 8,000. ' +
        'With 192 more it is safe: 48.0 GiB of headroom, 75 % of memory.',
    )
  })

  test('says it of all regions where several lack the same pages', () => {
    const parts = pooled(1000)
    const also = { size: 2 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } as const
    const sessions = { processes: 200, maps: [{ region: 'data' }, { region: 'also' }] }
    expect(said({ ...parts, regions: { ...parts.regions, also }, groups: { sessions } })).toContain(
      'data and others need 9,216 huge pages of 2 MiB, the pool has 1,000. With 8,216 more it is safe',
    )
  })

  test('counts the pages that a region before it left in the pool', () => {
    const parts = pooled(9000)
    const also = { size: 2 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } as const
    const sessions = { processes: 200, maps: [{ region: 'data' }, { region: 'also' }] }
    expect(said({ ...parts, regions: { ...parts.regions, also }, groups: { sessions } })).toContain(
      'also needs 1,024 huge pages of 2 MiB, the pool has 808 left. With 216 more',
    )
  })

  test('counts regions that lack pages of another size', () => {
    const parts = pooled(8000)
    const also = { size: 2 * gib, backing: 'sysv-shm', pageBytes: gib } as const
    const sessions = { processes: 200, maps: [{ region: 'data' }, { region: 'also' }] }
    expect(said({ ...parts, regions: { ...parts.regions, also }, groups: { sessions } })).toContain(
      'the pool has 8,000, and one more region lacks its pages. With 192 more of 2 MiB and 2 more of 1 GiB it is safe',
    )
  })

  test('asks for more than CommitLimit', () => {
    // 16 GiB and 200 * 10 MiB; 25 % of 64 GiB; 17.95 GiB are 28.1 % of memory.
    const text = said(
      server(200, {
        host: { overcommit: { mode: 'never', ratio: 25 } },
        group: { private: 10 * mib, maps: [{ region: 'data' }] },
      }),
    )
    expect(text).toMatch(
      /^CANNOT START: the programs ask for 18\.0 GiB \(Committed_AS\), the kernel grants 16\.0 GiB \(CommitLimit\)\. With vm\.overcommit_ratio at 29 it is safe: /,
    )
  })

  test('asks for more at once than memory and swap', () => {
    expect(said(oneRequest())).toMatch(
      /^CANNOT START: one request of 16\.0 GiB is more than memory and swap, so the kernel refuses it\. With every request granted it is safe: 7\.0 GiB of headroom, 87 % of memory\./,
    )
  })

  test('may be out of memory once it starts', () => {
    const parts = pooled(8000)
    const big = { processes: 200, private: gib, maps: [{ region: 'data' }] }
    expect(said({ ...parts, groups: { sessions: big } })).toContain(
      'With 192 more it is out of memory: 152.0 GiB short.',
    )
  })

  test('and has no setting that helps is said so', () => {
    const result = { ...planned(pooled(8000)), advice: [] }
    expect(flat(verdict(result, plain))).toContain('No setting that is known here makes it start.')
  })

  test('has no first to be killed, and no memory that makes it safe', () => {
    expect(said(pooled(8000))).not.toMatch(/First killed|Safe from/)
  })
})

describe('with mshare', () => {
  const text = (sessions: number, size = '16 GB', more = ''): string => `
version: 1
host: { memory: 64 GB }
regions:
  data: { size: ${size}, backing: posix-shm, mshare: {} }
groups:
  sessions: { processes: ${sessions}, private: 8 MB, maps: [{ region: data }] }
${more}`

  test('the verdict says so, and how it is without', () => {
    expect(saidOf(text(200))).toMatch(
      /^SAFE with mshare, which is in no released kernel: .+ of memory\. Without mshare: also SAFE, .+ of headroom, .+ of memory\. /,
    )
  })

  test('it may be safe only with it', () => {
    expect(saidOf(text(2000))).toMatch(
      /^SAFE, but only with mshare, which is in no released kernel: .+ Without mshare: OUT OF MEMORY, .+ short\. /,
    )
  })

  test('it may be out of memory even with it', () => {
    expect(saidOf(text(1000, '60 GB'))).toMatch(
      /^OUT OF MEMORY, even with mshare, which is in no released kernel: .+ short\. .+ Without mshare: also OUT OF MEMORY, .+ short\. /,
    )
  })

  test('what keeps it from starting either way is said once, before what helps', () => {
    // 16 GiB + 200 * 8 MiB = 17.6 GiB; a fifth of 64 GiB is 12.8 GiB.
    const overcommit = 'host: { memory: 64 GB, overcommit: { mode: never, ratio: 20 } }'
    const said = saidOf(text(200).replace('host: { memory: 64 GB }', overcommit))
    expect(said).toMatch(
      /^CANNOT START, even with mshare, which is in no released kernel: .+ \(CommitLimit\)\. Without mshare: also CANNOT START\. With vm\.overcommit_ratio at 28 it is safe: /,
    )
  })

  test('no sentence has a level by its id', () => {
    for (const sessions of [200, 2000]) expect(saidOf(text(sessions))).not.toMatch(/\boom\b/)
  })
})

describe('where as-described is not asked for', () => {
  test('the verdict names the strategy it is of', () => {
    expect(said({ ...server(2000), strategies: ['threads', 'base-pages'] })).toMatch(
      /^SAFE with threads: /,
    )
  })

  test('and nothing asked for is possible, there is no verdict', () => {
    const parts = { ...server(200, { region: { backing: 'sysv-shm' } }), strategies: ['mshare'] }
    expect(said(parts as WorkloadParts)).toBe(
      'NOT PLANNED: none of the strategies asked for is possible here.',
    )
  })
})

test('every name is escaped, and quoted where it has a space or a colon', () => {
  const parts = server(2000)
  const groups = { 'a\u001b b': { ...parts.groups?.['sessions'] } }
  const text = said({ ...parts, groups })
  expect(text).toContain('First killed: one of "a\\x1b b".')
  expect(text).toContain('"a\\x1b b": 2,000 now')
})
