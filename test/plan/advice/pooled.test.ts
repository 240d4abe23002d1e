import { describe, expect, it } from 'vitest'
import { podSettings, podsOf } from '../../../src/plan/advice/pooled.ts'
import { gib, mib } from '../../build.ts'
import { databases } from '../../sharing/databases.ts'

describe('huge pages of a pod', () => {
  it('are those of one copy where each copy has a pod of its own', () => {
    const pool = databases(20 * 512, 2 * mib)
    expect(podsOf(pool, pool.regions)).toEqual([{ cgroup: 'pod', pageBytes: 2 * mib, bytes: gib }])
  })

  it('are written in the largest unit that says them exactly', () => {
    const bytes = [16 * gib, 1026 * mib]
    const pods = bytes.map((held) => ({ cgroup: 'pod', pageBytes: 2 * mib, bytes: held }))
    expect(podSettings(pods).map(({ lines }) => lines)).toEqual([
      ['hugepages-2Mi: 16Gi'],
      ['hugepages-2Mi: 1026Mi'],
    ])
  })
})
