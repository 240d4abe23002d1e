import { describe, expect, test } from 'vitest'
import { regionTables } from '../../../src/render/sections/region-tables.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const view = regionTables(lkml, plain).join('\n')

describe('regions', () => {
  test('show the 878.90625 GiB of leaf entries', () => {
    expect(view).toMatch(/as-described, +880\.6 GiB +878\.90625 GiB +230,400,000 +450,000 +1,500\n/)
  })

  test('show the window of an mshare region', () => {
    expect(view.replaceAll(/\s+/g, ' ')).toContain(
      'mshare (proposed): name sga, start 0x400000000000, size 512 GiB, mode 0600, owner clients',
    )
  })
})
