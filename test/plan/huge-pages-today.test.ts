import { expect, test } from 'vitest'
import type { RegionParts } from '../build.ts'
import { gib, planned } from '../build.ts'

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
