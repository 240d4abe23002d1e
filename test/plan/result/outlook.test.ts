import { describe, expect, it } from 'vitest'
import {
  outlookOf,
  outlooks,
  outlookWithoutMshare,
  subjectOf,
  worstCgroups,
} from '../../../src/plan/result/outlook.ts'
import { gib, mib, planned } from '../../build.ts'

const sga = { size: gib, backing: 'hugetlbfs', pageBytes: 2 * mib } as const
const onPool = (pages: number, memory: number) =>
  planned({
    host: { memory, hugepages: [{ pageBytes: 2 * mib, count: pages }] },
    regions: { sga },
    groups: { db: { processes: 1, maps: [{ region: 'sga' }] } },
  })

describe('what a scenario comes to', () => {
  it('is its risk where it starts', () => {
    expect(outlookOf(onPool(512, 64 * gib))).toBe('safe')
    expect(
      outlookOf(
        planned({ host: { memory: gib }, groups: { db: { processes: 3, private: gib / 2 } } }),
      ),
    ).toBe('oom')
  })

  it('is no start where one huge page of 512 is missing, however much memory there is', () => {
    expect(outlookOf(onPool(511, 64 * gib))).toBe('no-start')
  })

  it('is unplanned where no strategy that was asked for is possible', () => {
    const refused = { id: 'mshare', status: 'proposed', applies: false, obstacles: [] } as const
    const result = { ...onPool(512, 64 * gib), strategies: [refused] }
    expect(outlookOf(result)).toBe('unplanned')
    expect(subjectOf(result)).toBeUndefined()
  })

  it('is worst where it is unknown, then where it does not start', () => {
    expect(outlooks).toEqual(['unplanned', 'no-start', 'oom', 'swapping', 'tight', 'safe'])
  })
})

it('without mshare it comes to something only where mshare is used', () => {
  const shared = (mshare: boolean) =>
    planned({
      host: { memory: 4 * gib },
      regions: { pool: { size: gib, ...(mshare ? { mshare: { mode: 0o600 } } : {}) } },
      groups: { db: { processes: 2000, maps: [{ region: 'pool' }] } },
    })
  expect(outlookOf(shared(true))).toBe('safe')
  expect(outlookWithoutMshare(shared(true))).toBe('oom')
  expect(outlookOf(shared(false))).toBe('oom')
  expect(outlookWithoutMshare(shared(false))).toBeUndefined()
})

it('the worst cgroups are those that are worse than the host, the least left for its limit first', () => {
  const cgroups = { a: 2 * gib, b: 4 * gib, c: 8 * gib }
  const private_ = { a: gib, b: gib, c: gib }
  const groups = Object.fromEntries(
    Object.entries({ a: 3, b: 8, c: 1 }).map(([name, processes]) => [
      name,
      { processes, private: private_[name as 'a'], cgroup: name },
    ]),
  )
  const namesOn = (memory: number) => {
    const subject = subjectOf(planned({ host: { memory, cgroups }, groups }))
    return subject === undefined ? [] : worstCgroups(subject).map(({ name }) => name)
  }
  // 3 GiB in 2, 8 GiB in 4, 1 GiB in 8.
  expect(namesOn(64 * gib)).toEqual(['b', 'a'])
  expect(namesOn(8 * gib)).toEqual([])
})

it('a result is about the strategy as described, wherever it is in the list', () => {
  const result = onPool(512, 64 * gib)
  expect(subjectOf({ ...result, strategies: result.strategies.toReversed() })?.id).toBe(
    'as-described',
  )
  const others = result.strategies.filter(({ id }) => id !== 'as-described')
  expect(subjectOf({ ...result, strategies: others })?.id).toBe('base-pages')
})
