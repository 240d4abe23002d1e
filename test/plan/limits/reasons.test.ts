import { describe, expect, it } from 'vitest'
import { limitsOf } from '../../../src/plan/limits/limits.ts'
import { refusedOf, withReasons } from '../../../src/plan/limits/reasons.ts'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import type { StrategyLimits } from '../../../src/plan/result/limits-result.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, mib, workload } from '../../build.ts'

function explained(parts: WorkloadParts, id: string): StrategyLimits {
  const built = workload(parts)
  const [found] = withReasons(built, limitsOf(built, [id]))
  if (found === undefined) throw new RangeError(`nothing of ${id}`)
  return found
}

function limitOf({ limits }: StrategyLimits, metric: Limit['metric']): Limit | undefined {
  return limits.find((limit) => limit.metric === metric)
}

describe('where there is no limit', () => {
  it('too few huge pages keep the scenario from starting with any number of processes', () => {
    const parts: WorkloadParts = {
      host: { hugepages: [{ pageBytes: 2 * mib, count: 511 }] },
      regions: { sga: { size: gib, backing: 'sysv-shm', pageBytes: 2 * mib } },
      groups: { g: { maps: [{ region: 'sga' }] } },
    }
    const found = explained(parts, 'as-described')
    expect(found.refusal).toBe('huge-pages')
    expect(limitOf(found, 'processes')).toMatchObject({ never: { cause: 'huge-pages' } })
    // One page less than it has now fits.
    expect(limitOf(found, 'region')).toMatchObject({ swapping: { value: 1022 * mib } })
    expect(limitOf(found, 'region')).not.toHaveProperty('never')
    expect(explained(parts, 'base-pages')).not.toHaveProperty('refusal')
  })

  it('a cgroup that another group fills is named', () => {
    const parts: WorkloadParts = {
      host: { cgroups: { db: gib } },
      groups: { full: { private: 2 * gib, cgroup: 'db' }, other: {} },
    }
    const found = explained(parts, 'base-pages')
    const others = found.limits.find(({ group }) => group === 'other')
    expect(others).toMatchObject({ never: { cause: 'cgroup', cgroup: 'db' } })
    expect(limitOf(found, 'memory')).toMatchObject({ never: { cause: 'cgroup', cgroup: 'db' } })
  })

  it('memory is named where a reserve alone exceeds it', () => {
    const parts: WorkloadParts = {
      host: { memory: gib, reserves: { os: 2 * gib } },
      groups: { idle: {} },
    }
    expect(limitOf(explained(parts, 'base-pages'), 'processes')).toMatchObject({
      never: { cause: 'unswappable' },
    })
  })
})

describe('strategies that cannot be planned', () => {
  const parts: WorkloadParts = {
    regions: { heap: { size: gib, backing: 'anonymous' } },
    groups: { g: { maps: [{ region: 'heap' }] } },
  }

  it('are listed with their obstacles', () => {
    expect(refusedOf(workload(parts))).toMatchObject([
      { id: 'mshare', applies: false, obstacles: [{ kind: 'private-memory', region: 'heap' }] },
    ])
  })

  it('are only those that are asked for', () => {
    expect(refusedOf(workload(parts), ['threads'])).toEqual([])
    expect(refusedOf(workload({ ...parts, strategies: ['threads'] }))).toEqual([])
  })
})
