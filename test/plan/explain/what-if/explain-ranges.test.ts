import { describe, expect, it } from 'vitest'
import { explainRanges } from '../../../../src/plan/explain/what-if/explain-ranges.ts'
import type { Ranges } from '../../../../src/plan/result/what-if/ranges-result.ts'
import { plannedRanges } from '../../ranges/planned-ranges.ts'

function scenario(clients: string): string {
  return `
version: 1
host: { memory: 512 GB }
regions: { sga: { size: 300 GB } }
groups: { clients: { ${clients}, maps: [{ region: sga }] } }
`
}

/** Each number that the screen and the JSON have of a range, by its path. */
function numbersOf({ bounds, chances }: Ranges): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  const take = (path: string, value: unknown): void => {
    if (typeof value === 'number') numbers.set(path, value)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [key, inner] of Object.entries(value)) {
      // Said with the number that they belong to.
      const isBound = 'bytes' in value && key !== 'bytes'
      if (!isBound && key !== 'errorFraction') take(`${path}.${key}`, inner)
    }
  }
  for (const { id, ...one } of bounds?.strategies ?? []) {
    take(`ranges.bounds.strategies.${id}`, one)
  }
  for (const { id, risks, ...one } of chances?.strategies ?? []) {
    take(`ranges.chances.strategies.${id}`, one)
    for (const { risk, fraction } of risks) {
      take(`ranges.chances.strategies.${id}.risks.${risk}`, { fraction })
    }
  }
  return numbers
}

describe('every number that ranges come to is explained', () => {
  it.each([
    ['bounds', 'processes: { from: 200, to: 300 }, private: 6 MB', '200 … 300'],
    ['a closed form', 'processes: { p50: 250, p95: 500 }, private: 6 MB', '250 (50 %)'],
    [
      'samples',
      'processes: { p50: 250, p95: 500 }, private: { p50: 6 MB, p95: 90 MB }',
      ' / 64 ± 0.',
    ],
  ])('%s', (_, clients, put) => {
    const { ranges } = plannedRanges(scenario(clients))
    const explanations = explainRanges(ranges)
    const values = new Map(explanations.map(({ path, value }) => [path, value]))
    expect(values.size).toBe(explanations.length)
    expect(values.size).toBeGreaterThan(8)
    expect(Object.fromEntries(values)).toEqual(Object.fromEntries(numbersOf(ranges)))
    expect(explanations.some(({ substituted }) => substituted.includes(put))).toBe(true)
  })
})

it('nothing is explained where no value is a range', () =>
  expect(explainRanges(undefined)).toEqual([]))

it('values of one anchor are all named', () => {
  const { ranges } = plannedRanges(`
version: 1
host: { memory: 64 GB }
regions: { pool: { size: 1 GB } }
groups:
  a: { processes: &load { from: 1, to: 9 }, maps: [{ region: pool }] }
  b: { processes: *load, maps: [{ region: pool }] }
`)
  const name = 'groups.a.processes = groups.b.processes'
  const put = explainRanges(ranges).map(({ substituted }) => substituted)
  expect(put.every((text) => text.startsWith(`${name} = `))).toBe(true)
  expect(put).toContain(`${name} = 1 … 9`)
})
