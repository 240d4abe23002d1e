import { describe, expect, it } from 'vitest'
import { plan } from '../../src/plan/plan.ts'
import type { PlannedStrategy, StrategyResult } from '../../src/plan/result/result.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'

function strategies(mapping: string): ReadonlyMap<string, StrategyResult> {
  const text = `
version: 1
host: { memory: 64 GiB }
regions: { buffers: { size: 3 GiB, backing: anonymous-shared } }
groups: { backends: { processes: 10, maps: [{ region: buffers, ${mapping} }] } }
`
  const read = readScenario(text, 'free-addresses.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return new Map(plan(read.workload, { name: '' }).strategies.map((one) => [one.id, one]))
}

function tables(one: StrategyResult | undefined): PlannedStrategy['pageTables']['levels'] {
  if (!one?.applies) throw new RangeError(`${one?.id} does not apply`)
  return one.pageTables.levels
}

// 3 GiB from 4 KiB past a boundary: one table more at each level than needed.
const at = 'at: "0x7f0000001000"'

describe('a mapping whose address the kernel chose', () => {
  const found = strategies(`${at}, movable: true`)

  it('stays where it is on the pages that it has', () => {
    for (const id of ['as-described', 'base-pages', 'threads']) {
      const processes = id === 'threads' ? 1 : 10
      expect(tables(found.get(id)).pte?.tables, id).toBe(1537 * processes)
      expect(tables(found.get(id)).pmd?.tables, id).toBe(4 * processes)
    }
  })

  it('is given another for huge pages, and for mshare', () => {
    // Three pmd tables, linked by all.
    expect(tables(found.get('hugetlb-2m')).pmd?.tables).toBe(3)
    expect(tables(found.get('hugetlb-1g')).pud?.tables).toBe(10)
    expect(tables(found.get('thp-2m')).pte?.tables).toBe(0)
    expect(tables(found.get('mshare')).pte?.tables).toBe(1536)
  })
})

describe('a mapping whose address the program asks for', () => {
  it('blocks huge pages and mshare', () => {
    const found = strategies(at)
    for (const id of ['hugetlb-2m', 'hugetlb-1g', 'mshare']) {
      const one = found.get(id)
      expect(one?.applies, id).toBe(false)
      expect(one?.obstacles, id).toMatchObject([{ kind: 'alignment' }])
    }
  })

  it('is assumed where nothing is said, and only where there is an address', () => {
    const assumed = (mapping: string): readonly string[] => {
      const text = `{version: 1, host: {memory: 1 GiB}, regions: {r: {size: 1 MiB}}, groups: {g: {processes: 1, maps: [{region: r${mapping}}]}}}`
      const read = readScenario(text, 'free-addresses.yaml')
      return read.ok ? read.assumptions.map(({ path }) => path) : []
    }
    expect(assumed(', at: "0x200000"')).toContain('groups.g.maps[0].movable')
    expect(assumed('')).not.toContain('groups.g.maps[0].movable')
  })
})
