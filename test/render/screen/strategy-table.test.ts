import { describe, expect, test } from 'vitest'
import { strategyTable } from '../../../src/render/screen/strategy-table.ts'
import { displayWidth } from '../../../src/render/text/width.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, planned, random } from '../../build.ts'
import { lkml, randomCase } from '../lkml-result.ts'
import { changed, flat, oneRequest, plain, pooled, server } from './servers.ts'

const lines = (parts: WorkloadParts, width = 80): readonly string[] =>
  strategyTable(planned(parts), { ...plain, width })
const notes = (parts: WorkloadParts): string => flat(lines(parts)).replace(/^.* Saved: /, 'Saved: ')

describe('the table', () => {
  test('has numbers that end below each other, and the risk in words', () => {
    const [head, first, second] = lines({
      ...server(2000),
      strategies: ['as-described', 'threads'],
    })
    expect([head, first, second]).toEqual([
      '              Page tables     Saved   Headroom    Safe to    At most  Risk',
      'as-described     62.6 GiB         -  -14.6 GiB      1,328      1,532  oom',
      'threads          32.1 MiB  62.6 GiB   48.0 GiB  4,194,304  4,194,304  safe',
    ])
  })

  test('says against what a single row saves', () => {
    expect(notes({ ...server(200), strategies: ['threads'] })).toContain(
      'Saved: against base-pages.',
    )
    const alone = flat(lines({ ...server(200), strategies: ['as-described'] }))
    expect(alone).not.toContain('Saved:')
  })

  test('has no limits where there is one process', () => {
    expect(lines(server(1))[0]).toMatch(/^ +Page tables +Saved +Headroom {2}Risk$/)
  })

  test('has the reason in the place of figures', () => {
    expect(lines(pooled(8000))[1]).toMatch(
      /^as-described {7}does not start: 192 huge pages are missing$/,
    )
    expect(lines(server(200, { region: { backing: 'sysv-shm' } })).join('\n')).toContain(
      '\nmshare (proposed)  not possible: data is a SysV segment\n',
    )
  })

  test('has no head and no notes on columns where no row has figures', () => {
    expect(lines(oneRequest())).toEqual([
      'as-described       does not start: the kernel refuses a request',
      'hugetlb-2m         not possible: its pool of 16.0 GiB exceeds memory',
      'mshare (proposed)  does not start: the kernel refuses a request',
      'as-described is also thp-2m, threads and base-pages here. hugetlb-2m is also',
      'hugetlb-1g here. proposed: in no released kernel.',
    ])
  })

  test('drops Safe to first where it is too wide, then At most, then Saved', () => {
    const parts = server(200, {
      host: { cgroups: { 'a cgroup with a name': 20 * gib } },
      group: { cgroup: 'a cgroup with a name', maps: [{ region: 'data' }] },
    })
    const heads = [120, 90, 80, 70].map((width) =>
      (lines(parts, width)[0] ?? '').trim().split(/ {2,}/),
    )
    const all = ['Page tables', 'Saved', 'Headroom', 'Safe to', 'At most', 'Risk']
    expect(heads[0]).toEqual(all)
    const dropped = ['', 'Safe to', 'Safe to, At most', 'Saved, Safe to, At most']
    for (const head of heads) {
      expect(dropped).toContain(all.filter((title) => !head.includes(title)).join(', '))
    }
    expect(heads.at(-1)).not.toContain('Safe to')
    expect(lines(parts, 120).every((line) => displayWidth(line) <= 120)).toBe(true)
  })

  test('cuts the middle of a cgroup whose name is still too wide', () => {
    const cgroup = `north${'-'.repeat(80)}south`
    const parts = server(200, {
      host: { cgroups: { [cgroup]: 20 * gib } },
      group: { cgroup, maps: [{ region: 'data' }] },
    })
    const all = lines(parts)
    expect(all[1]).toMatch(/ {2}oom in north-+…-+south$/)
    expect(all.every((line) => displayWidth(line) <= 80)).toBe(true)
  })

  test('paints the risk alone', () => {
    const [, row = ''] = strategyTable(planned(server(2000)), { ...plain, color: true })
    expect(row.indexOf('\u001b')).toBeGreaterThan(row.indexOf('1,532'))
  })
})

describe('the notes', () => {
  test('say what savings are against, and which rows are the same', () => {
    expect(notes(server(200))).toMatch(
      /^Saved: against as-described, which is also base-pages here\. Safe to, At most: sessions\. /,
    )
    expect(notes(pooled(8192))).toMatch(
      /^Saved: against as-described, which is also hugetlb-2m here\. /,
    )
    expect(notes(pooled(8000))).toMatch(/^Saved: against base-pages\. Safe to, At most: sessions\./)
  })

  test('name rows that print the same as another than as-described', () => {
    expect(notes(server(200))).toContain('hugetlb-2m is also ')
  })

  test('name rows like as-described even if nothing is saved against it', () => {
    const never = server(200, { host: { overcommit: { mode: 'never', ratio: 20 } } })
    expect(notes(never)).toContain('as-described is also thp-2m, threads and base-pages here.')
  })

  test('say that headroom is of the host where there are cgroups', () => {
    const parts = server(200, {
      host: { cgroups: { db: 40 * gib } },
      group: { cgroup: 'db', maps: [{ region: 'data' }] },
    })
    expect(notes(parts)).toContain('Headroom: of the host.')
    expect(notes(server(200))).not.toContain('Headroom')
  })

  test('say that all groups grow alike', () => {
    const half = { processes: 100, maps: [{ region: 'data' }] }
    expect(notes({ ...server(0), groups: { north: half, south: half } })).toContain(
      'Safe to, At most: all groups grown alike.',
    )
  })

  test('quote the group, and escape its name', () => {
    const all = server(200).groups?.['sessions'] ?? {}
    expect(notes({ ...server(0), groups: { 'a\u001b b': all } })).toContain('At most: "a\\x1b b".')
  })

  test('give least and most of what chance decides', () => {
    expect(flat(strategyTable(randomCase(), plain))).toContain(
      '~ expected; least and most: as-described 2.9 MiB to 8.4 GiB.',
    )
    const parts = server(200, { group: { maps: [{ region: 'data', touched: random(1000) }] } })
    expect(notes(parts)).toMatch(
      /~ expected; least and most: as-described [\d.]+ [MG]iB to [\d.]+ [MG]iB, [a-z0-9-]+ [\d.]+ [MG]iB to [\d.]+ [MG]iB, and \d more\./,
    )
    expect(notes(server(200))).not.toContain('~')
  })

  test('say if they read the same', () => {
    const result = changed(server(200), ({ strategies }) => ({
      strategies: strategies.map((each) =>
        each.applies
          ? { ...each, pageTables: { ...each.pageTables, leastBytes: each.pageTables.bytes - 1 } }
          : each,
      ),
    }))
    expect(flat(strategyTable(result, plain))).toMatch(/~ expected; least and most read the same\./)
  })

  test('say why regions stay as they are: two reasons, the others counted', () => {
    const names = ['log', 'trace', 'audit'] as const
    const parts = server(200, {
      group: { maps: [{ region: 'data' }, ...names.map((region) => ({ region }))] },
    })
    const more = names.map((name) => [name, { size: 64 * mib, backing: 'sysv-shm' }] as const)
    const regions = { ...parts.regions, ...Object.fromEntries(more) }
    expect(notes({ ...parts, regions })).toContain(
      '* in part: log is a SysV segment, trace is a SysV segment, and 1 more.',
    )
  })

  test('say that proposed is in no released kernel, only where something is', () => {
    expect(notes(server(200))).toMatch(/ proposed: in no released kernel\.$/)
    const strategies = lkml.strategies.filter(({ status }) => status !== 'proposed')
    expect(flat(strategyTable({ ...lkml, strategies }, plain))).not.toContain('proposed')
  })
})
