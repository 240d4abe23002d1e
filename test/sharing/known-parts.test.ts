import { expect, test } from 'vitest'
import { withRegionOf } from '../../src/plan/limits/resized-region.ts'
import { strategiesOf } from '../../src/sharing/catalogue.ts'
import { withKnownParts } from '../../src/sharing/known-parts.ts'
import type { Arranged } from '../../src/sharing/strategy.ts'
import { pages } from '../../src/units/quantity.ts'
import type { Workload } from '../../src/workload/workload.ts'
import { gib, mib, workload, x8664 } from '../build.ts'

const tenants = workload({
  regions: {
    mine: { size: gib, mshare: { mode: 0o666 } },
    other: { size: gib, mshare: { mode: 0o666 } },
  },
  groups: {
    me: { processes: 10, maps: [{ region: 'mine' }] },
    them: { processes: 10, maps: [{ region: 'other' }] },
  },
})

test.each(['as-described', 'hugetlb-2m', 'mshare'])(
  'under %s only the tenant whose region grows is anew',
  (id) => {
    const [before, after] = [arranged(id, tenants), arranged(id, grown(tenants))]
    expect(after.arrangement.spaces[0]?.mappings).not.toEqual(
      before.arrangement.spaces[0]?.mappings,
    )
    expect(after.arrangement.spaces[1]?.mappings).toBe(before.arrangement.spaces[1]?.mappings)
    expect(after.workload.regions[0]).not.toEqual(before.workload.regions[0])
    expect(after.workload.regions[1]).toBe(before.workload.regions[1])
    expect(after.arrangement.shared[0]).not.toEqual(before.arrangement.shared[0])
    expect(after.arrangement.shared[1]).toBe(before.arrangement.shared[1])
  },
)

test('what a strategy knows is its own', () => {
  const [described, huge] = [arranged('as-described', tenants), arranged('hugetlb-2m', tenants)]
  expect(huge.arrangement.spaces[1]?.mappings).not.toEqual(
    described.arrangement.spaces[1]?.mappings,
  )
})

function arranged(id: string, scenario: Workload): Arranged {
  const named = strategiesOf(x8664).find((strategy) => strategy.id === id)
  if (named === undefined) throw new Error(`no strategy ${id}`)
  return withKnownParts(named, scenario, named.arrange(scenario))
}

function grown(scenario: Workload): Workload {
  const [region] = scenario.regions
  const changed = region && withRegionOf(scenario, region, pages((gib + 2 * mib) / 4096))
  if (changed === undefined) throw new Error('it has no room')
  return changed
}
