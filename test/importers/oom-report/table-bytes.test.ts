import { expect, it } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import {
  listedBytes,
  ownUncounted,
  spanBytes,
  spanOf,
  spansIn,
  uncountedLevels,
} from '../../../src/importers/oom-report/table-bytes.ts'

const layout = (id: string) => findLayout(id) ?? expect.fail(`no layout ${id}`)
const x86 = layout('x86-64')
const task = { pid: 1, uid: 0, name: 'a', rss: 0, swap: 0, adj: 0 }

it('300 GiB on x86-64: 153,600 pte, 300 pmd and 1 pud tables', () => {
  const spans = 153_600
  expect(spans * spanOf(x86)).toBe(300 * 2 ** 30)
  expect(spanBytes(spans, x86)).toBe(153_901 * 4096)
  expect(spanBytes(spans, x86, ['pmd', 'pud'])).toBe(153_600 * 4096)
  expect(spansIn(153_901 * 4096, x86, [])).toBe(spans)
  expect(spansIn(153_901 * 4096 - 1, x86, [])).toBe(spans - 1)
  expect(spansIn(-1, x86, [])).toBe(0)
})

it('counts of tables become bytes of their size: 256 bytes for a pte table of ppc64 with 64 KiB pages', () => {
  const tables = { pte: 512, pmd: 2 }
  expect(listedBytes({ ...task, tables }, x86)).toBe(514 * 4096)
  expect(listedBytes({ ...task, tables }, layout('ppc64-radix-64k'))).toBe(512 * 256 + 2 * 4096)
  expect(listedBytes({ ...task, tableBytes: 90_112 }, x86)).toBe(90_112)
})

it('nr_ptes leaves pmd and pud tables out, nr_pmds only pud tables, bytes none', () => {
  const dump = (tables: object) => ({
    tasks: [{ ...task, ...tables }],
    tables: 'counts' as const,
    listed: 1,
    isWhole: true,
  })
  expect(uncountedLevels(dump({ tables: { pte: 1 } }), x86)).toEqual(['pmd', 'pud'])
  expect(uncountedLevels(dump({ tables: { pte: 1, pmd: 1 } }), x86)).toEqual(['pud'])
  expect(uncountedLevels({ ...dump({}), tables: 'bytes' }, x86)).toEqual([])
  expect(ownUncounted(['pmd', 'pud'], x86)).toBe(4 * 4096)
})
