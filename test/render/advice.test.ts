import { describe, expect, test } from 'vitest'
import type { Advice } from '../../src/plan/advice-result.ts'
import type { Result } from '../../src/plan/result.ts'
import { advice } from '../../src/render/advice.ts'
import { renderTable } from '../../src/render/table.ts'
import type { WorkloadParts } from '../build.ts'
import { gib, mib, planned } from '../build.ts'
import { lkml, renamed } from './lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const flat = (lines: readonly string[]) => lines.join(' ').replaceAll(/\s+/g, ' ')
const shown = (parts: WorkloadParts) => flat(advice(planned(parts), plain))

/** SysV memory beside a pool with idle pages of two sizes. */
const pools = (more: WorkloadParts['host'] = {}): WorkloadParts => ({
  host: { memory: 64 * gib, hugepages: [{ pageBytes: 2 * mib, count: 9000 }], ...more },
  regions: { data: { size: 16 * gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
  groups: { sessions: { processes: 200, maps: [{ region: 'data' }] } },
})

describe('advice', () => {
  test('is numbered, with what it wins and what is left', () => {
    expect(flat(advice(lkml, plain))).toContain(
      '1. Huge pages of 2 MiB (hugetlb-2m) win 879.1 GiB of page tables; 1.7 GiB are left, risk safe.',
    )
    expect(flat(advice(lkml, plain))).toContain(
      '3. A pooler for group clients, 270 processes instead of 1,500, wins 722.3 GiB of page ' +
        'tables; 158.6 GiB are left, risk safe. Oracle, SQL*Plus:',
    )
  })

  test('stands before the tables of groups and regions', () => {
    const view = renderTable(lkml, plain)
    expect(view.indexOf('\nADVICE\n')).toBeGreaterThan(view.indexOf('\nSTRATEGIES\n'))
    expect(view.indexOf('\nADVICE\n')).toBeLessThan(view.indexOf('\nGROUPS\n'))
  })

  test('has each line to paste on a line of its own, whatever the width', () => {
    const settings = lkml.advice.flatMap((each) => each.settings)
    const pasted = settings.flatMap(({ lines }) => lines)
    expect(pasted.length).toBeGreaterThan(3)
    for (const width of [20, 60, 80, 200]) {
      const lines = advice(lkml, { ...plain, width }).map((line) => line.trim())
      for (const line of pasted) expect(lines).toContain(line)
    }
  })

  test('names the place once for lines that follow one another', () => {
    const text = advice(lkml, plain).join('\n')
    expect(text).toContain(
      "   Oracle, init.ora or spfile:\n     use_large_pages='ONLY'\n     memory_target=0\n",
    )
  })

  test('says why the number is not that of hugepages_settings.sh', () => {
    expect(flat(advice(lkml, plain))).toContain(
      'hugepages_settings.sh says 153,601, once region sga is SysV, not 153,600: it adds a page ' +
        'for its segment, needed or not. Its older versions add one more.',
    )
    expect(shown(pools())).toContain('hugepages_settings.sh says 8,193, not 8,192: it adds a page')
    const anonymous = { size: 16 * gib, backing: 'anonymous-shared' } as const
    expect(shown({ ...pools(), regions: { data: anonymous } })).toContain(
      'hugepages_settings.sh has no number here: it adds up SysV segments (ipcs -m), and there is none.',
    )
    const both = {
      a: { size: gib, backing: 'sysv-shm' },
      data: { size: 8 * gib, backing: 'memfd' },
    } as const
    const maps = [{ region: 'a' }, { region: 'data' }]
    expect(shown({ regions: both, groups: { g: { processes: 50, maps } } })).toContain(
      'hugepages_settings.sh says 513, not 4,608: it adds a page for its segment, needed or not, ' +
        'and sees nothing that is not SysV.',
    )
  })

  test('labels mshare as proposed, and says what it would need', () => {
    expect(flat(advice(lkml, plain))).toContain(
      '2. mshare (proposed: in no released kernel) would win 880.0 GiB of page tables; 841.4 MiB ' +
        'are left, risk safe. It would need: region sga (posix-shm) in a window of 512 GiB at a ' +
        'multiple of 512 GiB, created with mode 0600 by a process of group clients that outlives ' +
        'its use. No line can be pasted: it is in no released kernel.',
    )
  })

  test('says what a pool is to be, larger or smaller, and what is right as it is', () => {
    expect(shown(pools())).toContain(
      '1. A smaller pool, 8,192 huge pages of 2 MiB instead of 9,000, gives back 1.6 GiB of memory, ' +
        'risk safe. /etc/sysctl.d/99-hugepages.conf: vm.nr_hugepages = 8192 8,192 pages of 2 MiB ' +
        'are the whole pool, not what to add to the 9,000 there are.',
    )
    const short = pools({ hugepages: [{ pageBytes: 2 * mib, count: 8000 }] })
    expect(shown(short)).toContain(
      '1. First a larger pool, 8,192 huge pages of 2 MiB instead of 8,000: without it a region ' +
        'cannot be mapped, risk safe.',
    )
    const ready = { size: 16 * gib, backing: 'sysv-shm' } as const
    const enough = pools({ hugepages: [{ pageBytes: 2 * mib, count: 8192 }] })
    expect(shown({ ...enough, regions: { data: ready } })).toContain(
      'The pool of 8,192 pages of 2 MiB is right as it is.',
    )
  })

  test('says which pages are for programs that must ask for them', () => {
    const memfd = { size: 16 * gib, backing: 'memfd' } as const
    expect(shown({ ...pools(), regions: { data: memfd } })).toContain(
      '8,192 of the pages are for region data (memfd), whose program must ask for them itself',
    )
  })

  test('says the same thing once', () => {
    const text = shown({ ...pools(), regions: { data: { size: 16 * gib, backing: 'sysv-shm' } } })
    expect(text.split('2. Huge pages').length).toBe(2)
    expect(text.split('Programs take a little more').length).toBe(2)
  })

  test('says what is not advised, and why', () => {
    expect(flat(advice(lkml, plain))).toMatch(
      /Not advised: thp-2m, because page tables would be no smaller than as described\.$/,
    )
    const reasons = ['risk-worse', 'pool-does-not-fit', 'never-safe', 'refused'] as const
    const all: Result = {
      ...lkml,
      advice: [],
      notAdvised: reasons.map((reason) => ({
        id: 'mshare',
        action: 'mshare',
        status: 'proposed',
        reason,
      })),
    }
    const lines = advice(all, { ...plain, width: 200 })
    expect(lines).toHaveLength(4)
    expect(lines.every((line) => line.startsWith('Not advised: mshare (proposed), because '))).toBe(
      true,
    )
  })

  test('says nothing where there is nothing to say', () => {
    expect(advice({ ...lkml, advice: [], notAdvised: [] }, plain)).toEqual([])
  })

  test('tells unequal amounts apart', () => {
    const [first] = lkml.advice
    if (first === undefined) throw new RangeError('no advice')
    const near: Advice = { ...first, wonBytes: first.wonBytes - mib }
    const text = flat(advice({ ...lkml, advice: [first, near] }, plain))
    expect(text).toContain('win 879.141 GiB')
    expect(text).toContain('win 879.140 GiB')
  })

  test('shows names from outside escaped', () => {
    const text = advice(renamed('db\x1b[31m'), plain).join('\n')
    expect(text).toContain('db\\x1b[31m')
    expect(text).not.toContain('\x1b')
  })
})
