import { describe, expect, test } from 'vitest'
import type { SharedTables } from '../../src/accounting/arrangement.ts'
import { linkedReach, ownLeaves, sharedLeaves } from '../../src/accounting/filled-leaves.ts'
import type { Paging } from '../../src/accounting/paging.ts'
import { x8664 } from '../build.ts'
import { mapped, onHugePages } from './mapped.ts'

const gibPages = 2 ** 18
const linking: Paging = { kind: 'huge', leaf: 'pmd', pages: 512, links: true }
// 2 GiB from half a GiB past a boundary: half a GiB, one whole GiB, half a GiB.
const across = mapped(gibPages / 2, 2 * gibPages, { paging: linking })

describe('pages that a process enters in tables of its own', () => {
  test('are all that it touches', () => {
    expect(ownLeaves(x8664, mapped(0, 700), 1, 'leaves')).toBe(700)
    expect(ownLeaves(x8664, mapped(0, 1024, { paging: onHugePages }), 1, 'leaves')).toBe(2)
  })

  test('are those of the edges where it links the tables between them', () => {
    expect(ownLeaves(x8664, across, 1, 'leaves')).toBe(512)
  })

  test('are none in a window of mshare', () => {
    const window = mapped(0, 700, { paging: { kind: 'window', linked: 'pud' } })
    expect(ownLeaves(x8664, window, 1, 'leaves')).toBe(0)
  })
})

describe('pages that are entered once for all', () => {
  const spaces = [{ processes: 5, draws: 1, mappings: [across] }]
  const shared: SharedTables = {
    region: 0,
    kind: 'linked',
    paging: linking,
    pages: 2 * gibPages,
    first: gibPages / 2,
    members: [{ space: 0, mapping: across }],
    faultAround: false,
    onceCalls: 0,
    onceVmas: 0,
  }

  test('are those of the whole tables that hugetlb links', () => {
    expect(sharedLeaves(x8664, shared, spaces, 'leaves')).toBe(512)
  })

  test('are all that any member touches under mshare', () => {
    expect(sharedLeaves(x8664, { ...shared, kind: 'mshare' }, spaces, 'leaves')).toBe(1024)
  })
})

test('a linked table spans a GiB on x86-64', () => {
  expect(linkedReach(x8664, linking)).toBe(gibPages)
})
