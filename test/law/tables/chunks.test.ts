import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/geometry/layout.ts'
import { nth } from '../../build.ts'
import type { Machine } from '../page-walk.ts'
import { bootMachine } from '../page-walk.ts'
import type { Drawn } from '../toy.ts'
import { anyDraw, anyFixedSet, fourLevels, runs } from '../toy.ts'
import { basePagesOf } from './base-pages-of.ts'

/** Bytes of one allocation: more than its tables take, as on real machines. */
const chunkBytes = 1000

/** A layout that hands out pte and pmd tables several to an allocation. */
const anyPacked: fc.Arbitrary<Packed> = fc
  .record({ pte: fc.integer({ min: 1, max: 5 }), pmd: fc.integer({ min: 1, max: 3 }) })
  .map((perChunk) => ({
    perChunk,
    layout: {
      ...fourLevels,
      allocation: ({ name, tableBytes }) =>
        name === 'pte' || name === 'pmd'
          ? { tablesPerChunk: perChunk[name], chunkBytes, countedBytes: chunkBytes }
          : { tablesPerChunk: 1, chunkBytes: tableBytes, countedBytes: 0 },
    },
  }))

interface Packed {
  readonly layout: Layout
  readonly perChunk: Readonly<Record<'pte' | 'pmd', number>>
}

interface Case<Pages> {
  readonly first: number
  readonly length: number
  readonly touched: Pages
}

function anyCases<Pages>(
  most: number,
  length: number,
  anyPages: (length: number) => fc.Arbitrary<Pages>,
): fc.Arbitrary<readonly Case<Pages>[]> {
  const one = fc
    .tuple(fc.nat(fourLevels.userPages - length - 1), fc.integer({ min: 1, max: length }))
    .chain(([first, pages]) =>
      anyPages(pages).map((touched) => ({ first, length: pages, touched })),
    )
  return fc.array(one, { minLength: 1, maxLength: most })
}

/** An allocator that opens an allocation when the last one is full. */
function allocate({ perChunk }: Packed, name: 'pte' | 'pmd', tables: number): number {
  let [chunks, free] = [0, 0]
  for (let table = 0; table < tables; table += 1) {
    if (free === 0) {
      chunks += 1
      free = perChunk[name]
    }
    free -= 1
  }
  return chunks
}

function walk(machine: Machine, { first }: Case<unknown>, pages: readonly number[]): void {
  for (const page of pages) machine.touch(first + page)
}

function chunksOf(packed: Packed, machine: Machine): Readonly<Record<'pte' | 'pmd', number>> {
  const { pte = 0, pmd = 0 } = machine.made()
  return { pte: allocate(packed, 'pte', pte), pmd: allocate(packed, 'pmd', pmd) }
}

describe('tables that share an allocation', () => {
  test('take what an allocator opens for them in each process', () => {
    fc.assert(
      fc.property(
        anyPacked,
        anyCases(4, 40, anyFixedSet),
        fc.integer({ min: 1, max: 4 }),
        (packed, cases, processes) => {
          const machine = bootMachine(packed.layout)
          for (const one of cases) walk(machine, one, one.touched.pages)
          const { levels } = basePagesOf(packed.layout, cases, processes).pageTables
          const chunks = chunksOf(packed, machine)
          expect(levels.pte?.bytes).toBe(processes * chunks.pte * chunkBytes)
          expect(levels.pmd?.bytes).toBe(processes * chunks.pmd * chunkBytes)
        },
      ),
      { numRuns: runs },
    )
  })

  test('are billed to the mapping that opens the allocation, and add up', () => {
    fc.assert(
      fc.property(anyPacked, anyCases(4, 40, anyFixedSet), (packed, cases) => {
        const machine = bootMachine(packed.layout)
        const plan = basePagesOf(packed.layout, cases, 3)
        let before = { pte: 0, pmd: 0 }
        cases.forEach((one, index) => {
          walk(machine, one, one.touched.pages)
          const after = chunksOf(packed, machine)
          const { pte, pmd } = nth(plan.regions, index).levels
          expect([pte?.bytes, pmd?.bytes]).toEqual([
            3 * (after.pte - before.pte) * chunkBytes,
            3 * (after.pmd - before.pmd) * chunkBytes,
          ])
          before = after
        })
        const { levels } = plan.pageTables
        const billed = plan.regions.reduce((sum, { bytes }) => sum + bytes, levels.pgd?.bytes ?? 0)
        expect(billed).toBe(plan.pageTables.bytes)
      }),
      { numRuns: runs },
    )
  })

  test('under chance are less than one allocation off at each level, within least and most', () => {
    const anyDrawn = anyCases<Drawn>(1, 8, anyDraw)
    fc.assert(
      fc.property(anyPacked, anyDrawn, (packed, cases) => {
        const one = nth(cases, 0)
        const totals = one.touched.outcomes.map((pages) => {
          const machine = bootMachine(packed.layout)
          walk(machine, one, pages)
          const { pte, pmd } = chunksOf(packed, machine)
          return (pte + pmd) * chunkBytes + ((machine.made().pud ?? 0) + 2) * 32
        })
        const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length
        const { bytes, leastBytes, mostBytes } = basePagesOf(packed.layout, cases, 1).pageTables
        expect([leastBytes, mostBytes]).toEqual([Math.min(...totals), Math.max(...totals)])
        expect(bytes).toBeGreaterThanOrEqual(leastBytes)
        expect(bytes).toBeLessThanOrEqual(mostBytes)
        expect(Math.abs(bytes - mean)).toBeLessThan(2 * chunkBytes + 1)
      }),
      { numRuns: runs },
    )
  })
})
