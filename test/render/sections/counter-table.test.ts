import { expect, test } from 'vitest'
import { counterTable } from '../../../src/render/sections/counter-table.ts'
import { lkml } from '../lkml-result.ts'

test('counters are those of /proc, as a sum over all processes', () => {
  const view = counterTable(lkml, { color: false, unicode: true, width: 100 }).join('\n')
  expect(view).toMatch(/as-described +880\.9 GiB +880\.9 GiB +117,964,800,000 +0 +1,500 +1,500$/m)
  // Tables that exist once are in PageTables, and in the VmPTE of no process.
  expect(view).toMatch(
    /mshare \(proposed\) +841\.4 MiB +234\.4 MiB +78,643,200 +1,500 +1,501 +1,501$/m,
  )
})
