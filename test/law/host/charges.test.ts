import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../src/geometry/layout.ts'
import type { GroupParts } from '../../build.ts'
import { billed, nth, strategy } from '../../build.ts'
import type { Touched } from '../toy.ts'
import { anyFixedSet, anyLayout, runs, toyPageBytes } from '../toy.ts'

const regionPages = 60

/** A group's mapping of a shared region, in pages. */
interface Use {
  readonly offset: number
  readonly length: number
  readonly touched: Touched
  readonly processes: number
}

const anyUse: fc.Arbitrary<Use> = fc
  .tuple(fc.nat(regionPages - 1), fc.integer({ min: 1, max: regionPages }))
  .chain(([offset, wanted]) => {
    const length = Math.min(wanted, regionPages - offset)
    return fc.record({
      offset: fc.constant(offset),
      length: fc.constant(length),
      touched: anyFixedSet(length),
      processes: fc.nat(3),
    })
  })

const anyUses = fc.array(anyUse, { minLength: 1, maxLength: 4 })

/** The group that is the first to touch it, by page of the region. */
function firstPayers(uses: readonly Use[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>()
  uses.forEach(({ offset, touched, processes }, group) => {
    const pages = processes > 0 ? touched.pages.map((page) => offset + page) : []
    for (const page of pages.filter((one) => !first.has(one))) first.set(page, group)
  })
  return first
}

/** Pages that each group's cgroup is charged, and those in memory. */
function chargesOf(layout: Layout, uses: readonly Use[], order: readonly number[]) {
  const names = uses.map((_, index) => `group ${index}`)
  const groups = order.map((index): [string, GroupParts] => {
    const { offset, length, touched, processes } = nth(uses, index)
    const map = {
      region: 'shm',
      offset: offset * toyPageBytes,
      length: length * toyPageBytes,
      touched: touched.set,
    }
    const name = nth(names, index)
    return [name, { processes, cgroup: name, maps: [map] }]
  })
  const { risk, memory } = strategy(
    billed({
      host: { layout, cgroups: Object.fromEntries(names.map((name) => [name, 2 ** 30])) },
      regions: { shm: { size: regionPages * toyPageBytes, backing: 'memfd' } },
      groups: Object.fromEntries(groups),
      strategies: ['as-described'],
    }),
    'as-described',
  )
  const once = memory.lines.find(({ name }) => name === 'resident shared memory: shm')?.bytes ?? 0
  const charged = risk.cgroups.map(({ demandBytes, pageTablesFraction }) =>
    Math.round((demandBytes * (1 - pageTablesFraction)) / toyPageBytes),
  )
  return { charged, pages: once / toyPageBytes }
}

describe('shared memory in cgroups', () => {
  test('is charged page by page to the first group in file order that touches it', () => {
    fc.assert(
      fc.property(anyLayout, anyUses, (layout, uses) => {
        const payer = firstPayers(uses)
        const walked = uses.map((_, group) => [...payer.values()].filter((by) => by === group))
        const order = uses.map((_, index) => index)
        const { charged, pages } = chargesOf(layout, uses, order)
        expect(charged).toEqual(walked.map((paid) => paid.length))
        expect(pages).toBe(payer.size)
      }),
      { numRuns: runs },
    )
  })

  test('is charged alike in any order of the groups where none touches what another does', () => {
    fc.assert(
      fc.property(anyLayout, anyUses, fc.nat(), (layout, uses, turn) => {
        const seen = new Set<number>()
        const disjoint = uses.filter(({ offset, touched }) => {
          const own = touched.pages.map((page) => offset + page)
          const isNew = own.every((page) => !seen.has(page))
          if (isNew) for (const page of own) seen.add(page)
          return isNew
        })
        const order = disjoint.map((_, index) => index)
        const turned = order.map((index) => (index + turn) % order.length)
        expect(chargesOf(layout, disjoint, turned).charged).toEqual(
          chargesOf(layout, disjoint, order).charged,
        )
      }),
      { numRuns: runs },
    )
  })
})
