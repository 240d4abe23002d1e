import { describe, expect, it } from 'vitest'
import type { Gates } from '../../src/workload/gates.ts'
import type { WorkloadParts } from '../build.ts'
import { gib, planned } from '../build.ts'

const gates = {
  risk: 'safe',
  headroom: { kind: 'fraction', fraction: 0.1 },
  pageTables: { kind: 'fraction', fraction: 0.5 },
} as Partial<Gates>

const of = (
  size: number,
  overcommit: { mode: 'heuristic' | 'never' | 'always'; ratio: number },
) => {
  const parts: WorkloadParts = {
    host: { memory: 64 * gib, overcommit },
    regions: { segment: { size, backing: 'sysv-shm' } },
    groups: {
      clients: {
        maps: [{ region: 'segment', touched: { kind: 'ranges', ranges: [] } }],
      },
    },
    gates,
  }
  return planned(parts)
}

describe('a gate on what the kernel refuses', () => {
  it.each([
    ['one request above RAM and swap', of(80 * gib, { mode: 'heuristic', ratio: 50 }), 'request'],
    ['more than CommitLimit', of(40 * gib, { mode: 'never', ratio: 50 }), 'commit-limit'],
  ])('does not hold: %s', (_, { verdict, gates: judged, strategies }, reason) => {
    const [described] = strategies
    expect(described?.applies && described.risk.level).toBe('safe')
    expect(verdict).toBe('fail')
    expect(judged.map(({ metric, holds }) => [metric, holds])).toEqual([
      ['risk', false],
      ['headroom', false],
      ['pageTables', false],
    ])
    for (const gate of judged) {
      expect(gate.reason).toBe(reason)
      expect(gate).not.toHaveProperty('actual')
    }
  })

  it('holds where the kernel refuses nothing', () => {
    const { verdict, gates: judged } = of(80 * gib, { mode: 'always', ratio: 50 })
    expect(verdict).toBe('pass')
    expect(judged.every((gate) => gate.reason === undefined)).toBe(true)
  })
})
