import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/plan/explain/explain.ts'
import { planWithWorkings } from '../../../src/plan/plan.ts'
import type { Advice } from '../../../src/plan/result/advice-result.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

const folder = join(import.meta.dirname, '../../../scenarios')
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

function explained(name: string) {
  return explainedText(readFileSync(join(folder, name), 'utf8'), name)
}

function explainedText(text: string, name: string) {
  const reading = readScenario(text, name)
  if (!reading.ok) throw new Error(`${name} cannot be read`)
  const workings = planWithWorkings(reading.workload, reading)
  return { result: workings.result, explanations: explain(workings) }
}

/** Figures of a result that a reader sees, by the path that explains them. */
function figuresOf(result: ReturnType<typeof explained>['result']) {
  const { strategies, advice } = result
  const figures = new Map<string, number>()
  collectAlternatives(figures, result)
  for (const each of advice) collectAdvice(figures, each)
  for (const strategy of strategies) {
    if (strategy.applies) collectStrategy(figures, strategy)
  }
  return figures
}

function collectStrategy(figures: Map<string, number>, strategy: PlannedStrategy) {
  const { id, groups, regions, memory, pageTables, ...rest } = strategy
  const root = `strategies.${id}`
  const { leastBytes, mostBytes, ...tables } = pageTables
  collect(figures, `${root}.pageTables`, tables)
  if (leastBytes !== mostBytes) collect(figures, `${root}.pageTables`, { leastBytes, mostBytes })
  for (const { name, perProcess } of groups) {
    const { leastBytes: _least, mostBytes: _most, ...figure } = perProcess
    collect(figures, `${root}.groups.${name}.perProcess`, figure)
  }
  for (const { name, bytes, leafEntryBytes } of regions) {
    collect(figures, `${root}.regions.${name}`, { bytes, leafEntryBytes })
  }
  const { lines, ...sums } = memory
  collect(figures, `${root}.memory`, sums)
  for (const line of lines) figures.set(`${root}.memory.lines.${line.name}`, line.bytes)
  const { counters, savings, faults, mmapCalls, vmas, risk, limits } = rest
  // `now` is what the scenario says.
  for (const [index, { now: _now, ...limit }] of limits.entries()) {
    collect(figures, `${root}.limits.${index}`, limit)
  }
  collect(figures, root, { counters, savings, faults, mmapCalls, vmas, risk })
}

function collectAlternatives(
  figures: Map<string, number>,
  { sensitivity, withoutMshare }: ReturnType<typeof explained>['result'],
) {
  if (sensitivity !== undefined) {
    const { headroomBytes, pageTableBytes } = sensitivity
    collect(figures, 'sensitivity', { headroomBytes, pageTableBytes })
  }
  if (withoutMshare !== undefined) {
    const { bytes } = withoutMshare.pageTables
    collect(figures, 'withoutMshare.pageTables', { bytes })
    const { headroomBytes } = withoutMshare.memory
    collect(figures, 'withoutMshare.memory', { headroomBytes })
  }
}

/** Regions and pools by name and size, as the paths of explanations have them. */
function collectAdvice(figures: Map<string, number>, each: Advice) {
  // Changes repeat figures that are explained where they stand.
  const { pools, changes: _changes, ...rest } = each
  const named = Object.entries(rest).map(([key, value]) => {
    const byName = (all: readonly { readonly name: string }[]) =>
      Object.fromEntries(all.map((one) => [one.name, one]))
    return [key, key === 'regions' ? byName(value as never) : value] as const
  })
  collect(figures, `advice.${each.id}`, Object.fromEntries(named))
  for (const pool of pools) collect(figures, `advice.${each.id}.pools.${pool.pageBytes}`, pool)
}

function collect(figures: Map<string, number>, path: string, value: unknown): void {
  if (typeof value === 'number') figures.set(path, value)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    // A page size names its pool; expectations stand beside the numbers that are explained.
    if (key !== 'expectedTables' && key !== 'pageBytes') collect(figures, `${path}.${key}`, inner)
  }
}

it('there are scenarios to explain', () => {
  expect(names.length).toBeGreaterThan(10)
})

describe.each(names)('%s', (name) => {
  const { result, explanations } = explained(name)
  const answers = new Map(explanations.map((explanation) => [explanation.path, explanation]))

  it('has a formula, with its numbers put in, for every figure that is shown', () => {
    const figures = figuresOf(result)
    expect(figures.size).toBeGreaterThan(50)
    const missing = [...figures.keys()].filter((path) => !answers.has(path))
    expect(missing).toEqual([])
    for (const [path, figure] of figures)
      expect([path, answers.get(path)?.value]).toEqual([path, figure])
  })

  it('says for every number what it is, in which unit, and where the rule comes from', () => {
    for (const { path, meaning, formula, substituted, source } of explanations) {
      expect([path, meaning, formula, substituted, source].every((text) => text.length > 0)).toBe(
        true,
      )
    }
  })

  it('explains each number once', () => {
    expect(answers.size).toBe(explanations.length)
  })
})

it('explains how far each gate is inside its limit', () => {
  const text =
    'version: 1\nhost: { memory: 8 GB }\nregions: { a: { size: 1 GB } }\ngroups: { g: { processes: 9, maps: [{ region: a }] } }\ngates: { strategy: as-described, headroom: 1 GB, pageTables: 10 MB, risk: tight }\n'
  const { result, explanations } = explainedText(text, 'gated.yaml')
  const margins = explanations.filter(({ path }) => path.startsWith('gates.'))
  expect(margins.map(({ value }) => value)).toEqual(result.gates.map(({ margin }) => margin))
  expect(margins.map(({ substituted }) => substituted)).toContain('tight − safe')
  expect(margins[1]?.formula).toBe('actual − limit')
  expect(margins[2]?.formula).toBe('limit − actual')
})

it('quotes the name of the case that a gate judges', () => {
  const text =
    '{ version: 1, host: { memory: 8 GB }, groups: { g: { processes: 9 } }, cases: { night is 2: { groups.g.processes: 10 } }, gates: { risk: tight, cases: all } }'
  const { explanations } = explainedText(text, 'gated.yaml')
  const meanings = explanations.flatMap(({ path, meaning }) =>
    path.startsWith('gates.') ? [meaning] : [],
  )
  expect(meanings[1]).toBe(
    'how far risk of as-described, case "night is 2", is inside the gate: it holds (judged: risk.level)',
  )
})

describe('tables of accesses by rank', () => {
  const tableOf = (order: string) => {
    const { explanations } = explainedText(
      `{ version: 1, host: { memory: 64 GiB }, regions: { r: { size: 2 MiB } }, groups: { g: { processes: 2, maps: [{ region: r, touched: { zipf: { exponent: 1, accesses: 3, order: ${order} } } }] } } }`,
      'ranks.yaml',
    )
    const found = explanations.find(
      ({ path }) => path === 'strategies.as-described.groups.g.maps[0].pte',
    )
    return { formula: found?.formula, numbers: found?.substituted, value: found?.value }
  }

  it('have a formula with their numbers, in order', () => {
    const { formula, numbers, value } = tableOf('in-order')
    expect(formula).toMatch(/^Σ spans \(1 − \(1 − h \/ H\)\^a\)/)
    // H is that of 512 ranks; with one table there is no deviation.
    expect(numbers).toBe(
      'n = 512, a = 3, e = 1, H = 6.816517, reach 512, distinct pages 2.897716; standard deviation of one draw at most 0; billed here: 1',
    )
    expect(value).toBe(1)
  })

  it('and scattered, by the expected number of distinct pages', () => {
    const { formula, numbers } = tableOf('scattered')
    expect(formula).toMatch(
      /^Σ spans \(1 − C\(n − s, k\) \/ C\(n, k\)\), .*; k: Σ pages .* in the page$/,
    )
    expect(numbers).toMatch(/^n = 512, a = 3, e = 1, H = 6\.816517, s ≤ 512, k = 2\.897716;/)
  })
})

it('tables that exist once have the source of what shares them', () => {
  const { explanations } = explained('oracle-sga-300g-huge-pages.yaml')
  const one = explanations.find(({ path }) => path.endsWith('hugetlb-2m.pageTables.onceBytes'))
  expect(one?.value).toBeGreaterThan(0)
  expect(one?.source).toMatch(/: mm\/hugetlb\.c huge_pmd_share\(\)$/)
})
