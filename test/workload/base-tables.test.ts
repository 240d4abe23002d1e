import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLayout, layoutIds } from '../../src/geometry/catalogue.ts'
import { bytes, count } from '../../src/units/quantity.ts'
import {
  baseTablesOf,
  leastTables,
  sumOfBaseTables,
  withTablesOf,
} from '../../src/workload/base-tables.ts'
import type { Host } from '../../src/workload/host.ts'
import type { HostParts } from '../build.ts'
import { gib, kib, mib, tib, workload } from '../build.ts'

function hostOf(id: string, parts: HostParts = {}): Host {
  const layout = findLayout(id)
  if (layout === undefined) throw new RangeError(`no layout ${id}`)
  return workload({ host: { layout, ...parts } }).host
}

function tables(id: string, own: number, threads = 1, parts: HostParts = {}) {
  const owner = { private: bytes(own), threads: count(threads) }
  return baseTablesOf(hostOf(id, parts), owner, bytes(160 * kib))
}

describe('private memory', () => {
  it.each([
    // 3 pte tables; their pmd and pud table are those of the program.
    ['x86-64', 6 * mib, 3 * 4096],
    ['x86-64', 0, 0],
    ['x86-64', 1, 4096],
    ['x86-64', 2 * mib + 1, 2 * 4096],
    // 512 pte tables, then 513 and the second pmd table.
    ['x86-64', gib, 512 * 4096],
    ['x86-64', gib + 4096, 514 * 4096],
    // 2,097,152 pte, 4096 pmd, 8 pud; the first pmd and the first pud table are there.
    ['x86-64', 4 * tib, (2_097_152 + 4095 + 7) * 4096],
    ['x86-64-5level', 4 * tib, (2_097_152 + 4095 + 7) * 4096],
    // One pte table of 16 KiB spans 32 MiB, one pmd table 64 GiB.
    ['arm64-16k-48', 65 * gib, (2080 + 1) * 16_384],
    // One pte table of 64 KiB spans 512 MiB; above it are the pmd, which spans all, and no pud.
    ['arm64-64k-42', 6 * mib, 65_536],
    ['arm64-64k-48', 3 * gib, 6 * 65_536],
    // Tables of 256 B share pages of 64 KiB: each counts with its part.
    ['ppc64-radix-64k', 6 * mib, 3 * 256],
    // 256 entries span 1 MiB, and a pte table has a page of its own since Linux 6.7.
    ['s390x', 6 * mib, 6 * 4096],
  ])('on %s of %d B adds %d B of tables to those of the program', (id, own, expected) => {
    expect(tables(id, own).ofPrivate).toBe(expected)
  })

  it('on s390x before Linux 6.7 needs half a page for each pte table', () => {
    const old = { kernel: { major: 6, minor: 6 } }
    expect(tables('s390x', 6 * mib, 1, old).ofPrivate).toBe(6 * 2048)
  })

  it('of 4 TB in one process takes 8.0 GiB with its program', () => {
    expect(sumOfBaseTables(tables('x86-64', 4 * tib))).toBe(8_606_900_224)
  })
})

describe('the stacks of further threads', () => {
  const ofStacks = (id: string, threads: number, minor = 18) =>
    tables(id, 0, threads, { kernel: { major: 6, minor } }).ofStacks

  it('need two pte tables each where guards are entries, one where they are not', () => {
    // Measured on 6.18: 1000 stacks of 8 MiB take 8080 kB with a guard at the bottom, 4080 kB without.
    expect(ofStacks('x86-64', 1001)).toBe(8000 * kib)
    expect(ofStacks('x86-64', 1001, 12)).toBe(4000 * kib)
    expect(ofStacks('x86-64', 2, 13)).toBe(8 * kib)
    expect(ofStacks('x86-64', 1)).toBe(0)
  })

  it('share a table where it spans several', () => {
    // 32 MiB to a table of 16 KiB: 4 stacks; 512 MiB to one of 64 KiB: 64 stacks.
    expect(ofStacks('arm64-16k-48', 1001)).toBe(250 * 16_384)
    expect(ofStacks('arm64-64k-48', 129)).toBe(2 * 65_536)
    expect(ofStacks('arm64-64k-48', 130)).toBe(3 * 65_536)
  })
})

describe('base tables', () => {
  const group = workload({
    groups: { g: { processes: 3, private: 6 * mib, baseTables: 172 * kib } },
  }).groups.at(0)
  const { host } = workload()

  it('that are derived follow the private memory, and given ones do not', () => {
    if (group === undefined) throw new RangeError('no group')
    expect(withTablesOf(host, group, bytes(gib)).baseTables).toBe(172 * kib)
    const derived = { ...group, assumedTables: bytes(160 * kib) }
    expect(withTablesOf(host, derived, bytes(gib)).baseTables).toBe((160 + 2048) * kib)
  })

  it('never become less with more memory or more threads, and hold what the memory needs', () => {
    const anyCase = fc.record({
      id: fc.constantFrom(...layoutIds),
      minor: fc.constantFrom(1, 7, 13, 18),
      own: fc.integer({ min: 0, max: 2 ** 45 }),
      more: fc.integer({ min: 0, max: 2 ** 40 }),
      threads: fc.integer({ min: 1, max: 5000 }),
    })
    fc.assert(
      fc.property(anyCase, ({ id, minor, own, more, threads }) => {
        const kernel = { kernel: { major: 6, minor } }
        const sumOf = (memory: number, stacks: number) =>
          sumOfBaseTables(tables(id, memory, stacks, kernel))
        const base = sumOf(own, threads)
        expect(sumOf(own + more, threads)).toBeGreaterThanOrEqual(base)
        expect(sumOf(own, threads + 1)).toBeGreaterThanOrEqual(base)
        expect(leastTables(hostOf(id, kernel), bytes(own))).toBeLessThanOrEqual(base)
      }),
    )
  })
})
