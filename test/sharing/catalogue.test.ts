import { describe, expect, test } from 'vitest'
import { layouts } from '../../src/geometry/catalogue.ts'
import { isStrategyId } from '../../src/scenario/schema/strategy-ids.ts'
import { strategiesOf } from '../../src/sharing/catalogue.ts'
import { billed, workload } from '../build.ts'

describe('the strategies', () => {
  test('of x86-64 include base pages, threads and mshare, which alone is proposed', () => {
    const known = strategiesOf(workload().host.layout)
    expect(known.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['as-described', 'base-pages', 'threads', 'mshare']),
    )
    expect(known.filter(({ status }) => status === 'proposed').map(({ id }) => id)).toEqual([
      'mshare',
    ])
  })

  test('of every layout are known to scenarios by their ids', () => {
    const ids = new Set(layouts.flatMap((layout) => strategiesOf(layout).map(({ id }) => id)))
    expect(ids.size).toBeGreaterThan(10)
    expect([...ids].filter((id) => !isStrategyId(id))).toEqual([])
  })

  test('not of the layout are refused with the layout as the reason', () => {
    const { strategies } = billed({ strategies: ['hugetlb-512m'] })
    expect(strategies).toEqual([
      {
        id: 'hugetlb-512m',
        status: 'mainline',
        applies: false,
        obstacles: [{ kind: 'layout', need: 'hugetlb-512m', found: 'x86-64' }],
      },
    ])
  })
})
