import { describe, expect, it } from 'vitest'
import { lawOf } from '../../../src/plan/strategy/outcome-law.ts'
import type { NamedStrategy } from '../../../src/sharing/catalogue.ts'
import { describedStrategy, strategyOf } from '../../../src/sharing/catalogue.ts'
import type { GroupParts, RegionParts } from '../../build.ts'
import { gib, lkmlServer, mib, random, workload, x8664 } from '../../build.ts'

function known(id: string): NamedStrategy {
  const named = strategyOf(x8664, id)
  if (named === undefined) throw new RangeError(id)
  return named
}

function server(region: Partial<RegionParts>, group: GroupParts): ReturnType<typeof workload> {
  return workload({ regions: { r: { size: gib, ...region } }, groups: { g: group } })
}

describe('what each process adds is the same', () => {
  it.each(['as-described', 'base-pages', 'hugetlb-2m', 'thp-2m', 'mshare'])(
    'under %s, where all share one segment',
    (id) => {
      expect(lawOf(known(id), workload(lkmlServer(1500)))).toEqual({
        isWhole: true,
        isLinear: true,
        few: 2,
      })
    },
  )

  it('but not to one process whose threads they become', () => {
    expect(lawOf(known('threads'), workload(lkmlServer(1500))).isLinear).toBe(false)
  })

  it('nor where they draw what they touch, and meet by chance', () => {
    const drawing = server({}, { maps: [{ region: 'r', touched: random(100) }] })
    expect(lawOf(describedStrategy, drawing)).toMatchObject({ isWhole: false, isLinear: false })
  })

  it('nor where each has pages of a pool, configured or converted', () => {
    const privately = { maps: [{ region: 'r', private: true }] }
    expect(lawOf(describedStrategy, server({ pageBytes: 2 * mib }, privately)).isLinear).toBe(false)
    expect(lawOf(known('hugetlb-2m'), server({}, privately)).isLinear).toBe(false)
    expect(lawOf(describedStrategy, server({}, privately)).isLinear).toBe(true)
  })
})
