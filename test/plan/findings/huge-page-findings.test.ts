import { describe, expect, it, test } from 'vitest'
import type { RegionParts } from '../../build.ts'
import { gib, planned } from '../../build.ts'
import { lkml, only } from './found.ts'

describe('pools', () => {
  it('that memory does not hold are an error, under each strategy that plans them', () => {
    const findings = only(planned(lkml(256 * gib)).findings, 'pool-exceeds-memory')
    expect(findings.map(({ strategy }) => strategy)).toEqual(['hugetlb-2m', 'hugetlb-1g'])
    expect(findings[0]).toMatchObject({ poolBytes: 300 * gib, roomBytes: 256 * gib })
  })

  it('as large as memory are none', () => {
    expect(only(planned(lkml(300 * gib)).findings, 'pool-exceeds-memory')).toEqual([])
  })
})

const kindsWith = (size: number, beside?: RegionParts): readonly string[] =>
  planned({
    regions: { pool: { size }, ...(beside === undefined ? {} : { beside }) },
    groups: {
      clients: {
        processes: 100,
        maps: [{ region: 'pool' }, ...(beside === undefined ? [] : [{ region: 'beside' }])],
      },
    },
  }).findings.map(({ kind }) => kind)

test('huge pages that do what mshare would do are pointed out', () => {
  expect(kindsWith(4 * gib)).toContain('huge-pages-do-it-today')
})

test('huge pages are not called today’s where another region stays on mshare', () => {
  const file: RegionParts = { size: 4 * gib, backing: 'file', mshare: { mode: 0o600 } }
  expect(kindsWith(4 * gib, file)).not.toContain('huge-pages-do-it-today')
})

test('huge pages are no way out where their pool does not fit', () => {
  expect(kindsWith(80 * gib)).not.toContain('huge-pages-do-it-today')
})
