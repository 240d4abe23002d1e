import { describe, expect, it } from 'vitest'
import type { PlannedStrategy, Result } from '../../../src/plan/result/result.ts'
import { fleetRow } from '../../../src/render/sections/fleet-row.ts'
import { lkml, randomCase } from '../lkml-result.ts'

/** The example with its strategy as described changed. */
function described(change: (each: PlannedStrategy) => Partial<PlannedStrategy>): Result {
  const strategies = lkml.strategies.map((each) =>
    each.applies && each.id === 'as-described' ? { ...each, ...change(each) } : each,
  )
  return { ...lkml, strategies }
}

describe('the row of a scenario', () => {
  it('has the figures as described, each in its own unit, and the first thing to do', () => {
    expect(fleetRow(lkml)).toEqual({
      file: 'scenarios/oracle-sga-300g.yaml',
      name: 'Oracle SGA of 300 GB, 1500 dedicated connections',
      outlook: 'oom',
      marks: [],
      pageTables: '880.9 GiB',
      share: '172 %',
      headroom: '-677.8 GiB',
      toDo: 'huge pages',
      verdict: 'none',
    })
  })

  it('says that it cannot start, which is no matter of a cgroup', () => {
    const commit = { mode: 'never', granted: false } as const
    const refused = described(({ memory, risk }) => ({
      risk: { ...risk, hostLevel: 'tight' },
      memory: { ...memory, commit: { ...memory.commit, ...commit } },
    }))
    expect(fleetRow(refused)).toMatchObject({ outlook: 'no-start', marks: [] })
  })

  it('is marked where mshare is used, and where only a cgroup is that bad', () => {
    const marked = described(({ risk }) => ({
      status: 'proposed',
      risk: { ...risk, hostLevel: 'tight' },
    }))
    expect(fleetRow(marked).marks).toEqual(['mshare', 'cgroup'])
    expect(fleetRow(marked)).not.toHaveProperty('withoutMshare')
    const withoutMshare = marked.strategies.find(({ id }) => id === 'threads') as PlannedStrategy
    expect(fleetRow({ ...marked, withoutMshare }).withoutMshare).toBe('safe')
  })

  it('is marked where chance decides, with a sign before the page tables', () => {
    const row = fleetRow(randomCase())
    expect(row.marks).toEqual(['expected'])
    expect(row.pageTables).toBe('~3.9 GiB')
    expect(row.share).toBe('0.76 %')
  })

  it('is marked where as-described was not asked for', () => {
    const strategies = lkml.strategies.filter(({ id }) => id === 'threads')
    const row = fleetRow({ ...lkml, strategies })
    expect(row.marks).toEqual(['other-strategy'])
    expect(row.pageTables).toBe('601.3 MiB')
  })

  it('has no figure where nothing could be planned, and nothing to do where none is advised', () => {
    const row = fleetRow({ ...lkml, strategies: [], advice: [] })
    expect(row).toMatchObject({ outlook: 'unplanned', marks: [], toDo: '-' })
    expect([row.pageTables, row.share, row.headroom]).toEqual(['-', '-', '-'])
  })
})
