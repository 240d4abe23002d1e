import { describe, expect, test } from 'vitest'
import type { AddressSpace } from '../../src/accounting/arrangement.ts'
import {
  inPieces,
  inProcess,
  inRegion,
  isSameMapping,
  membersIn,
} from '../../src/accounting/arrangement.ts'
import { mapped, onHugePages } from './mapped.ts'

describe('an access of one process', () => {
  test('lies where the mapping lies, and draws once', () => {
    expect(inProcess(mapped(1024, 512), 1)).toMatchObject({ first: 1024, pages: 512, draws: 1 })
  })

  test('of hugetlb covers its last huge page whole', () => {
    // 700 base pages take two huge pages of 512.
    const hugetlb = mapped(1024, 700, { paging: onHugePages })
    expect(inProcess(hugetlb, 1).cover).toEqual({ from: 1024, to: 2048 })
  })

  test('on base pages, or on whole huge pages, covers what it maps', () => {
    expect(inProcess(mapped(1024, 700), 1)).not.toHaveProperty('cover')
    expect(inProcess(mapped(1024, 1024, { paging: onHugePages }), 1)).not.toHaveProperty('cover')
  })

  test('in pieces has holes where others of its pieces need no tables', () => {
    const huge = mapped(0, 1024, { paging: onHugePages, within: { from: 0, to: 512 } })
    expect(inPieces(huge, 1, [huge])).toMatchObject({ holes: [{ from: 0, to: 512 }] })
    expect(inPieces(huge, 1, [])).not.toHaveProperty('holes')
  })
})

describe('an access of all processes of a space to a region', () => {
  const spaces: readonly AddressSpace[] = [{ processes: 30, draws: 2, mappings: [] }]

  test('starts at the offset that is mapped, whatever the address', () => {
    const mapping = mapped(5000, 100, { offset: 40 })
    expect(inRegion({ space: 0, mapping }, spaces, 512)).toMatchObject({ first: 552, pages: 100 })
  })

  test('shifts a part of the mapping along with it', () => {
    const mapping = mapped(5000, 100, { offset: 40, within: { from: 5010, to: 5020 } })
    expect(inRegion({ space: 0, mapping }, spaces).within).toEqual({ from: 50, to: 60 })
  })

  test('draws in every process, of those that share one copy of the region', () => {
    expect(inRegion({ space: 0, mapping: mapped(0, 1) }, spaces).draws).toBe(60)
    expect(inRegion({ space: 0, mapping: mapped(0, 1, { copies: 10 }) }, spaces).draws).toBe(6)
  })

  test('must fit its huge pages in the region under mshare, in whole tables where linked', () => {
    const shared = {
      region: 0,
      paging: onHugePages,
      pages: 2048,
      first: 512,
      members: [{ space: 0, mapping: mapped(0, 100) }],
      faultAround: false,
      onceCalls: 0,
      onceVmas: 0,
    }
    expect(membersIn({ ...shared, kind: 'mshare' }, spaces)).toMatchObject([
      { counts: 'all', cover: { from: 512, to: 2560 } },
    ])
    expect(membersIn({ ...shared, kind: 'linked' }, spaces)).toMatchObject([{ counts: 'whole' }])
  })
})

test('two entries of an address space are one mapping where both are pieces of it', () => {
  const piece = mapped(0, 512, { within: { from: 0, to: 256 } })
  expect(isSameMapping(piece, mapped(0, 512, { within: { from: 256, to: 512 } }))).toBe(true)
  expect(isSameMapping(piece, mapped(0, 512, { map: 1, within: { from: 0, to: 1 } }))).toBe(false)
  expect(isSameMapping(piece, mapped(0, 512))).toBe(false)
  expect(isSameMapping(piece, undefined)).toBe(false)
})
