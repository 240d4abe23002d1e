import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Layout } from '../../../src/geometry/layout.ts'
import { placeWindows } from '../../../src/sharing/mshare-placement.ts'
import { pages } from '../../../src/units/quantity.ts'
import type { Mapping } from '../../../src/workload/group.ts'
import type { Claim } from '../../../src/workload/placement.ts'
import { hasRoom } from '../../../src/workload/placement.ts'
import { gib, workload, x8664 } from '../../build.ts'
import { casesToDraw } from '../cases-to-draw.ts'

const names = Array.from({ length: 8 }, (_, index) => `r${index}`)

/** An address space in which seven windows leave room for no more than 512 GiB. */
const unit = 512 * gib
const layout: Layout = {
  ...x8664,
  userPages: pages((8 * unit) / x8664.pageBytes),
  autoBase: pages((4 * unit) / x8664.pageBytes),
}

/** Mappings of different regions, most of them at a unit of their own. */
const anyMaps = fc
  .tuple(
    fc.shuffledSubarray(names, { minLength: 4 }),
    fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }),
    fc.array(fc.record({ isPlaced: fc.nat(3), wanted: fc.nat(5) }), { minLength: 8, maxLength: 8 }),
  )
  .map(([regions, places, choices]) =>
    regions.map((region, index) => {
      const { isPlaced = 0, wanted = 0 } = choices[index] ?? {}
      const place = isPlaced > 0 ? places[index] : undefined
      return { region, at: place === undefined ? undefined : place * unit, wanted: wanted > 0 }
    }),
  )

const anyGroups = fc.record({
  sizes: fc.array(fc.constantFrom(gib, 300 * gib, 512 * gib, 600 * gib), {
    minLength: names.length,
    maxLength: names.length,
  }),
  groups: fc.array(anyMaps, { minLength: 1, maxLength: 3 }),
})

/** The reader refuses a process whose mappings have no room without windows. */
function claimOf({ length, at }: Mapping): Claim {
  return { pages: length, ...(at === undefined ? {} : { at }) }
}

test('windows that gave way leave the places that the others have without them', () => {
  let given = 0
  fc.assert(
    fc.property(anyGroups, ({ sizes, groups }) => {
      const planned = workload({
        host: { layout },
        regions: Object.fromEntries(
          names.map((name, index) => [name, { size: sizes[index] ?? 0 }]),
        ),
        groups: Object.fromEntries(
          groups.map((maps, index) => [
            `g${index}`,
            {
              maps: maps.map(({ region, at }) => ({
                region,
                ...(at === undefined ? {} : { at }),
              })),
            },
          ]),
        ),
      })
      fc.pre(planned.groups.every(({ maps }) => hasRoom(layout, maps.map(claimOf))))
      const wanted = groups.map((maps) => maps.map((mapping) => mapping.wanted))
      const { places, obstacles } = placeWindows(planned, wanted)
      const gone = new Set(
        obstacles.flatMap(({ group, region }) => (group === undefined ? [region] : [])),
      )
      given += gone.size
      const without = groups.map((maps) =>
        maps.map(({ region, wanted: isWanted }) => isWanted && !gone.has(region)),
      )
      const rest = placeWindows(planned, without)
      expect(rest.places).toEqual(places)
      expect(rest.obstacles).toEqual(obstacles.slice(gone.size))
    }),
    { numRuns: casesToDraw(1000) },
  )
  expect(given).toBeGreaterThan(0)
})
