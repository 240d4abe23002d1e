import { describe, expect, it } from 'vitest'
import { mshare } from '../../src/sharing/mshare.ts'
import type { GroupParts, RegionParts } from '../build.ts'
import { gib, workload } from '../build.ts'

function refused(
  regions: Readonly<Record<string, RegionParts>>,
  groups: Readonly<Record<string, GroupParts>>,
) {
  const { applies, obstacles } = mshare(workload({ regions, groups }))
  return { applies, obstacles: obstacles.map(({ kind, region }) => [kind, region]) }
}

const both = { maps: [{ region: 'data' }, { region: 'log' }] }
const data = { size: gib }

describe('sharing through mshare', () => {
  it('is refused for want of a process, region by region', () => {
    const groups = { clients: { ...both, processes: 0 } }
    expect(refused({ data, log: data }, groups)).toEqual({
      applies: false,
      obstacles: [
        ['not-mapped', 'data'],
        ['not-mapped', 'log'],
      ],
    })
  })

  it('is refused for its first reason, and a region only once', () => {
    const groups = { clients: { ...both, processes: 0 } }
    const log = { size: gib, backing: 'sysv-shm' } as const
    expect(refused({ data, log }, groups).obstacles).toEqual([
      ['backing', 'log'],
      ['not-mapped', 'data'],
    ])
  })

  it('takes a region that one group has a process for', () => {
    const groups = { clients: { ...both, processes: 0 }, writer: { maps: [{ region: 'log' }] } }
    expect(refused({ data, log: data }, groups)).toEqual({ applies: true, obstacles: [] })
  })

  it('has no reason to give without regions', () => {
    expect(refused({}, { clients: {} })).toEqual({ applies: false, obstacles: [] })
  })
})
