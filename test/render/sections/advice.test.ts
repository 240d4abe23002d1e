import { describe, expect, test } from 'vitest'
import type { Advice } from '../../../src/plan/result/advice-result.ts'
import type { Rejected } from '../../../src/plan/result/rejected-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { renderDetails } from '../../../src/render/details.ts'
import { advice, adviceTitle } from '../../../src/render/sections/advice.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, planned } from '../../build.ts'
import { lkml, renamed } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const flat = (lines: readonly string[]) => lines.join(' ').replaceAll(/\s+/g, ' ')
const shown = (parts: WorkloadParts) => flat(advice(planned(parts), plain))

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

  test('says which gates hold then, of those that fail', () => {
    const failing = { strategy: 'as-described', holds: false } as const
    const gates = [
      { ...failing, metric: 'risk', limit: 'tight', actual: 'oom', unit: 'level' },
      { ...failing, metric: 'headroom', limit: 300 * gib, actual: -677 * gib, unit: 'bytes' },
    ] as const
    const [risk] = gates
    // 512 GiB leave 202.8 GiB of headroom on huge pages.
    expect(flat(advice({ ...lkml, gates: [risk] }, plain))).toContain(
      '2 MiB: safe; the risk gate holds. Restart Oracle.',
    )
    expect(flat(advice({ ...lkml, gates }, plain))).toContain(
      '2 MiB: safe; the headroom gate still fails. Restart Oracle.',
    )
  })

  test('has alternatives behind it; least figures are rounded up', () => {
    const text = flat(advice(lkml, plain))
    expect(text).toContain('2. Or pool connections: 270 of 1,500 clients are safe.')
    expect(text).toContain('3. Or add memory: 1.3 TiB is safe.')
  })

  test('has every entry with its lines', () => {
    const [first] = lkml.advice
    if (first === undefined) throw new RangeError('no advice')
    const text = flat(advice({ ...lkml, advice: [...lkml.advice, first] }, plain))
    expect(text).toContain('4. Or put sga on huge pages')
    expect(text).toContain('DBMS_CONNECTION_POOL')
  })

  test('comes below the tables of groups and regions, where the screen has said it', () => {
    const view = renderDetails(lkml, plain)
    expect(view.indexOf('\nWHAT TO DO\n')).toBeGreaterThan(view.indexOf('\nREGIONS\n'))
    expect(view.indexOf('\nWHAT TO DO\n')).toBeLessThan(view.indexOf('\nFINDINGS\n'))
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
    expect(text).toContain('300 pages of 1 GiB do as well.')
    expect(text).toContain(
      'hugepages_settings.sh says 153,601, not 153,600: it adds a page for its segment, needed or not.',
    )
  })

  test('of a pool that is too small comes before the start', () => {
    expect(shown(pools(8000))).toContain(
      '1. Raise the pool to 8,192 huge pages of 2 MiB, then start: safe. ' +
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
      '1. Lower the pool to 8,192 huge pages of 2 MiB: adds 1.6 GiB of headroom, 2.5 % of memory.',
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
    const text = flat(advice(lkml, plain))
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
    const lines = advice(none, { ...plain, width: 200 })
    expect(lines).toHaveLength(reasons.length)
    for (const line of lines) expect(line).toMatch(/^Not advised: huge pages of 1 GiB, which .+\.$/)
  })

  test('shows names from outside escaped', () => {
    const text = advice(renamed('db\x1b[31m'), plain).join('\n')
    expect(text).toContain('db\\x1b[31m')
    expect(text).not.toContain('\x1b')
  })
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
