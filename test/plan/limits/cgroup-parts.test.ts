import { describe, expect, it } from 'vitest'
import { cgroupParts } from '../../../src/plan/limits/cgroup-parts.ts'
import type { GroupParts, RegionParts } from '../../build.ts'
import { gib, mib, workload } from '../../build.ts'

/** Names of the groups and regions that decide what a cgroup is charged with. */
function decidingIn(
  cgroup: string,
  regions: Readonly<Record<string, RegionParts>>,
  groups: Readonly<Record<string, GroupParts>>,
) {
  const host = { cgroups: { gold: gib, silver: gib } }
  const part = cgroupParts(workload({ host, regions, groups })).get(cgroup)
  if (part === undefined) throw new RangeError(`no part for ${cgroup}`)
  return [...part.groups, ...part.regions].map(({ name }) => name)
}

const apart = { a: { size: mib }, b: { size: mib } }
const one = { cgroup: 'gold', maps: [{ region: 'a' }] }
const other = { cgroup: 'silver', maps: [{ region: 'b' }] }

describe('what decides about a cgroup', () => {
  it('is its groups and their regions, where nothing ties them to others', () => {
    expect(decidingIn('gold', apart, { one, other })).toEqual(['one', 'a'])
    expect(decidingIn('silver', apart, { one, other })).toEqual(['other', 'b'])
  })

  it('is whoever maps one of their regions, directly or through others', () => {
    const reader = { maps: [{ region: 'a' }, { region: 'b' }] }
    expect(decidingIn('gold', apart, { one, other, reader })).toEqual([
      'one',
      'other',
      'reader',
      'a',
      'b',
    ])
  })

  it('is the owner of an mshare region that it maps', () => {
    const owned = { ...apart, a: { size: mib, mshare: { mode: 0o600, owner: 'maker' } } }
    expect(decidingIn('gold', owned, { one, other, maker: {} })).toEqual(['one', 'maker', 'a'])
  })

  it('is all that wants pages of the same pool, and a region that has to come before', () => {
    const pooled = {
      a: { size: 2 * mib, pageBytes: 2 * mib },
      b: { size: 2 * mib, pageBytes: 2 * mib },
    }
    expect(decidingIn('gold', pooled, { one, other })).toEqual(['one', 'other', 'a', 'b'])
    const inTurn = { ...apart, a: { size: mib, after: 'b' } }
    expect(decidingIn('gold', inTurn, { one, other })).toEqual(['one', 'other', 'a', 'b'])
  })

  it('is nothing for a cgroup without groups', () => {
    expect(decidingIn('silver', apart, { one })).toEqual([])
  })
})

it('each part has its own cgroup only, and a host that is otherwise the same', () => {
  const host = { cgroups: { gold: gib, silver: gib }, memory: 8 * gib }
  const whole = workload({ host, regions: apart, groups: { one, other } })
  const part = cgroupParts(whole).get('gold')
  expect(part?.host.cgroups.map(({ name }) => name)).toEqual(['gold'])
  expect(part?.host.memory).toBe(8 * gib)
})
