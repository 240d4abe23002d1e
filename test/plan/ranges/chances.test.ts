import { describe, expect, it } from 'vitest'
import { belowNormal } from '../../../src/plan/ranges/normal.ts'
import { plannedRanges } from './planned-ranges.ts'

const sga = (processes: string, own: string): string => `
version: 1
host: { memory: 512 GB }
regions: { sga: { size: 300 GB } }
groups: { clients: { processes: ${processes}, private: ${own}, maps: [{ region: sga }] } }
strategies: [as-described]
`

describe('chances in closed form', () => {
  // Safe up to 270 processes, tight up to 357: the screen of the same server.
  const { chances } = plannedRanges(sga('{ p50: 250, p95: 500 }', '6 MB')).ranges
  const below = (processes: number): number =>
    belowNormal((Math.log((processes + 0.5) / 250) / Math.log(2)) * 1.6448536269514722)

  it('are those of the values at which the risk changes', () => {
    const { risks } = chances?.strategies[0] ?? {}
    expect(risks?.map(({ risk }) => risk)).toEqual(['safe', 'tight', 'oom'])
    const fractions = risks?.map(({ fraction }) => fraction) ?? []
    expect(fractions[0]).toBeCloseTo(below(270), 10)
    expect(fractions[1]).toBeCloseTo(below(357) - below(270), 10)
    expect(fractions[2]).toBeCloseTo(1 - below(357), 10)
    expect(risks?.every(({ errorFraction }) => errorFraction === 0)).toBe(true)
  })
})

describe('chances by samples', () => {
  const text = sga('{ p50: 250, p95: 500 }', '{ p50: 6 MB, p95: 6 MB }')
  const sampled = (seed: number) =>
    plannedRanges(text, { sampling: { samples: 64, seed } }).ranges.chances

  it('agree with the closed form within their error, where the second value is certain', () => {
    const exact = plannedRanges(sga('{ p50: 250, p95: 500 }', '6 MB')).ranges.chances?.strategies[0]
    const [one] = sampled(1)?.strategies ?? []
    expect(one?.risks).toHaveLength(3)
    for (const [index, { fraction, errorFraction }] of (one?.risks ?? []).entries()) {
      expect(errorFraction).toBeGreaterThan(0)
      expect(Math.abs(fraction - (exact?.risks[index]?.fraction ?? 0))).toBeLessThan(errorFraction)
    }
    for (const part of ['p5', 'p50', 'p95'] as const) {
      const { leastBytes = 0, mostBytes = 0 } = one?.pageTables[part] ?? {}
      const bytes = exact?.pageTables[part].bytes ?? 0
      expect(bytes >= leastBytes && bytes <= mostBytes).toBe(true)
    }
  })

  it('are the same for the same seed, and others for another', () => {
    expect(sampled(5)).toEqual(sampled(5))
    expect(sampled(6)?.strategies).not.toEqual(sampled(5)?.strategies)
  })

  it('have a part that cannot be planned, where values grow past what the scenario takes', () => {
    const first = sga('10', '{ p50: 6 MB, p95: 7 MB }').replace(
      'region: sga',
      'region: sga, touched: { first: { p50: 200 GB, p95: 300 GB } }',
    )
    const { risks } = plannedRanges(first).ranges.chances?.strategies[0] ?? {}
    const { risk, fraction = 0 } = risks?.at(-1) ?? {}
    expect(risk).toBe('unplanned')
    // One time in 20 the part that is touched is larger than the region.
    expect(fraction).toBeCloseTo(0.05, 1)
  })
})
