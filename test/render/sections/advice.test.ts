import { describe, expect, test } from 'vitest'
import type { Advice, NothingToDo, Rejected } from '../../../src/plan/result/advice-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { advice, adviceTitle } from '../../../src/render/sections/advice.ts'
import { renderTable } from '../../../src/render/table.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, planned } from '../../build.ts'
import { lkml, renamed } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const flat = (lines: readonly string[]) => lines.join(' ').replaceAll(/\s+/g, ' ')
const shown = (parts: WorkloadParts, all = false) => flat(advice(planned(parts), plain, all))

/** 16 GiB of SysV memory on huge pages, and a pool of so many. */
const pools = (
  pages: number,
  more: { readonly fallback?: 'mixed'; readonly program?: 'oracle' } = {},
): WorkloadParts => ({
  host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count: pages }] },
  regions: { data: { size: 16 * gib, backing: 'sysv-shm', pageBytes: 2 * mib, ...more } },
  groups: { sessions: { processes: 200, maps: [{ region: 'data' }] } },
})

describe('advice', () => {
  test('is an order, what it comes to, and what it takes', () => {
    expect(flat(advice(lkml, plain))).toContain(
      '1. Put sga on huge pages of 2 MiB: safe. Restart Oracle.',
    )
    expect(adviceTitle(lkml)).toBe('What to do')
  })

  test('has alternatives behind it; least figures are rounded up', () => {
    const text = flat(advice(lkml, plain))
    expect(text).toContain('2. Or pool connections: 270 of 1,500 clients are safe. Clients connect')
    expect(text).toContain('3. Or add memory: 1.3 TiB is safe.')
  })

  test('shows three entries, and lines of the first alone, unless all are asked for', () => {
    const [first] = lkml.advice
    if (first === undefined) throw new RangeError('no advice')
    const many = { ...lkml, advice: [...lkml.advice, first] }
    const text = flat(advice(many, plain))
    expect(text).not.toContain('4. ')
    expect(text).not.toContain('DBMS_CONNECTION_POOL')
    expect(flat(advice(many, plain, true))).toContain('4. Or put sga on huge pages')
    expect(flat(advice(many, plain, true))).toContain('DBMS_CONNECTION_POOL')
  })

  test('stands before the tables of groups and regions', () => {
    const view = renderTable(lkml, plain)
    expect(view.indexOf('\nWHAT TO DO\n')).toBeGreaterThan(view.indexOf('\nSTRATEGIES\n'))
    expect(view.indexOf('\nWHAT TO DO\n')).toBeLessThan(view.indexOf('\nGROUPS\n'))
  })

  test('has each line to paste on a line of its own, whatever the width', () => {
    const [first] = lkml.advice
    const pasted = (first?.settings ?? []).flatMap(({ lines }) => lines)
    expect(pasted).toHaveLength(3)
    for (const width of [20, 60, 80, 200]) {
      const lines = advice(lkml, { ...plain, width }).map((line) => line.trim())
      for (const line of pasted) expect(lines).toContain(line)
    }
  })

  test('names each place once, on a line of its own above its lines', () => {
    expect(advice(lkml, plain).join('\n')).toContain(
      [
        '   /etc/sysctl.d/99-hugepages.conf',
        '     vm.nr_hugepages = 153600',
        '   Oracle, init.ora or spfile',
        '     use_large_pages = only',
        '     memory_target = 0',
      ].join('\n'),
    )
  })

  test('names larger pages that do as well, and explains another number', () => {
    const text = flat(advice(lkml, plain))
    expect(text).toContain('Pages of 1 GiB do as well: 300 of them.')
    expect(text).toContain(
      'hugepages_settings.sh says 153,601, not 153,600: it adds a page for its segment, needed or not.',
    )
  })

  test('of a pool that is too small comes before the start', () => {
    expect(shown(pools(8000))).toContain(
      '1. Raise the pool from 8,000 to 8,192 huge pages of 2 MiB, then start: safe. ' +
        '/etc/sysctl.d/99-hugepages.conf vm.nr_hugepages = 8192',
    )
    expect(shown(pools(8000))).toContain(
      '8,192 huge pages of 2 MiB are the whole pool, not what to add to the 8,000 of today.',
    )
  })

  test('of an idle pool says what it gives back, and is only worth doing', () => {
    const result = planned(pools(9000))
    expect(adviceTitle(result)).toBe('Worth doing (it is safe as it is)')
    expect(flat(advice(result, plain))).toContain(
      '1. Lower the pool from 9,000 to 8,192 huge pages of 2 MiB: adds 1.6 GiB of headroom, 2.5 % of memory.',
    )
    expect(flat(renderTable(result, plain).split('\n'))).toContain(
      'Worth doing: lower the pool from 9,000 to 8,192',
    )
  })

  test('says that a program that is not known must ask for huge pages itself', () => {
    const parts = {
      host: { memory: 64 * gib },
      regions: { data: { size: 16 * gib, backing: 'memfd' } },
      groups: { sessions: { processes: 200, maps: [{ region: 'data' }] } },
    } as const
    expect(shown(parts)).toContain(
      'The program of data must ask for huge pages itself (SHM_HUGETLB, MAP_HUGETLB, MFD_HUGETLB',
    )
  })

  test('never names mshare, and no strategy by its id', () => {
    const text = flat(advice(lkml, plain, true))
    expect(text).not.toMatch(/mshare|hugetlb-2m|thp-2m|as-described/)
  })

  test('says what is not advised, and why, where all is asked for', () => {
    const reasons: readonly Rejected['reason'][] = [
      'risk-worse',
      'pool-does-not-fit',
      'never-safe',
      'refused',
      'too-little',
      'not-enough',
      'saves-nothing',
    ]
    const none: Result = {
      ...lkml,
      advice: [],
      rejected: reasons.map((reason) => ({
        id: 'hugetlb-1g',
        action: 'huge-pages',
        status: 'mainline',
        pageBytes: 2 ** 30,
        reason,
      })),
    }
    expect(advice(none, plain)).toEqual([])
    const lines = advice(none, { ...plain, width: 200 }, true)
    expect(lines).toHaveLength(reasons.length)
    for (const line of lines) expect(line).toMatch(/^Not advised: huge pages of 1 GiB, which .+\.$/)
  })

  test('shows names from outside escaped', () => {
    const text = advice(renamed('db\x1b[31m'), plain, true).join('\n')
    expect(text).toContain('db\\x1b[31m')
    expect(text).not.toContain('\x1b')
  })
})

test('where there is nothing to do, one line says why, and no section follows', () => {
  const why = (nothingToDo: NothingToDo): string => {
    const { advice: _advice, ...rest } = lkml
    const view = renderTable({ ...rest, advice: [], nothingToDo }, plain)
    expect(view).not.toMatch(/WHAT TO DO|WORTH DOING/)
    return flat(view.split('\n'))
  }
  const figures = { pageTableBytes: 247 * mib, fraction: 0.0005 }
  expect(why({ reason: 'too-little', ...figures })).toContain(
    'Nothing to do: page tables take 247.0 MiB, 0.05 % of memory, and no change would add 1 % of memory.',
  )
  expect(why({ reason: 'untouched-pages', ...figures })).toContain(
    'Huge pages would set aside memory that nothing touches, more than they save.',
  )
  expect(why({ reason: 'only-proposed', ...figures })).toContain(
    'Only mshare (proposed: in no released kernel) would save some of it.',
  )
  expect(why({ reason: 'no-processes', ...figures })).toContain('no process is known')
  expect(why({ reason: 'no-regions', ...figures })).toContain('Capture as root to see them.')
  expect(why({ reason: 'nothing-helps', ...figures })).toContain('No change that is known here')
})

test('actions on cgroups, promises and processes are orders too', () => {
  const of = (each: Advice): string => flat(advice({ ...lkml, advice: [each] }, plain))
  const [, , base] = lkml.advice
  if (base?.action !== 'memory') throw new RangeError('no memory')
  const { memoryBytes: _memory, safeBytes: _safe, cgroups: _cgroups, ...common } = base
  const cgroups = [{ name: 'north', limitBytes: 100 * gib, safeBytes: 120 * gib + 1 }]
  expect(of({ ...common, action: 'cgroup-limit', cgroups })).toContain(
    '1. Raise the limit of cgroup north to 120.1 GiB: safe.',
  )
  expect(of({ ...base, cgroups })).toContain(
    '1. Add memory: 1.3 TiB is safe, and raise the limit of cgroup north to 120.1 GiB.',
  )
  const overcommit = { mode: 'never', ratio: 78, requestedBytes: 40 * gib } as const
  expect(of({ ...common, action: 'commit-limit', purpose: 'start', overcommit })).toContain(
    '1. Raise vm.overcommit_ratio to 78, then start: safe.',
  )
  const always = { mode: 'always', requestedBytes: 700 * gib } as const
  expect(of({ ...common, action: 'commit-limit', purpose: 'start', overcommit: always })).toContain(
    '1. Let the kernel grant requests that are larger than memory and swap, then start',
  )
})
