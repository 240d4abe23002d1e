import { expect, test } from 'vitest'
import { copiesBySpace } from '../../src/host/copied.ts'
import type { Resident } from '../../src/host/resident.ts'
import { workload } from '../build.ts'

test('the copies of each address space are listed in the order of regions', () => {
  const { regions } = workload({ regions: { heap: { size: 4096 }, data: { size: 8192 } } })
  const resident = regions.map((region, index): Resident => {
    const copyBytes = new Map(
      index === 0
        ? [[1, 4096]]
        : [
            [0, 8192],
            [1, 16_384],
          ],
    )
    return { region, onceBytes: 0, firstBytes: new Map(), copyBytes, shares: new Map() }
  })
  const named = (space: number): unknown =>
    copiesBySpace(resident)
      .get(space)
      ?.map(({ region, bytes }) => [region.name, bytes])
  expect(named(0)).toEqual([['data', 8192]])
  expect(named(1)).toEqual([
    ['heap', 4096],
    ['data', 16_384],
  ])
  expect(named(2)).toBeUndefined()
})
