import { describe, expect, test } from 'vitest'
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
