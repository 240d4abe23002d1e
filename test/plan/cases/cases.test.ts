import { describe, expect, it } from 'vitest'
import { check } from '../../../src/plan/check.ts'
import { checkSaved } from '../../../src/plan/gates/re-judge.ts'
import { plan } from '../../../src/plan/plan.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { readSaved } from '../../../src/saved/read-saved.ts'
import type { Override } from '../../../src/scenario/yaml/overrides.ts'
import { read } from '../../scenario/reading.ts'

const text = `version: 1
name: pair
host: { memory: 64 GiB, swap: 8 GiB }
regions: { pool: { size: 16 GiB, backing: posix-shm } }
groups: { workers: { processes: 400, private: 20 MiB, maps: [{ region: pool }] } }
gates: { risk: tight, headroom: 1 GiB, findings: error, cases: all }
cases:
  failover: { groups.workers.processes: x2 }
  batch: { groups.workers.private: +30 MiB, groups.workers.processes: +10% }
  smaller: { host.memory: x0.5, gates.risk: swapping, gates.headroom: 0 B }
`

function resultOf(overrides: readonly Override[] = [], by: typeof plan = plan): Result {
  const { workload, assumptions, name, file } = read(text, overrides)
  return by(workload, { name, file, assumptions })
}

const sets: Readonly<Record<string, readonly Override[]>> = {
  failover: [{ path: 'groups.workers.processes', value: '800' }],
  batch: [
    { path: 'groups.workers.private', value: '50 MiB' },
    { path: 'groups.workers.processes', value: '440' },
  ],
  smaller: [
    { path: 'host.memory', value: '32 GiB' },
    { path: 'gates.risk', value: 'swapping' },
    { path: 'gates.headroom', value: '0 B' },
  ],
}

describe('a case', () => {
  const whole = resultOf()

  it.each(Object.entries(sets))('%s equals the plan with its values', (name, overrides) => {
    const found = whole.cases?.find((one) => one.name === name)
    const alone = resultOf(overrides)
    expect(found?.strategies).toEqual(alone.strategies)
    expect(found?.findings).toEqual(alone.findings)
    expect(found?.host).toEqual(alone.host)
    const own = alone.gates.filter((gate) => gate.case === undefined)
    const inCase = whole.gates.filter((gate) => gate.case === name)
    expect(inCase).toEqual(own.map((gate) => ({ ...gate, case: name })))
  })

  it('leaves the plan of the scenario as it is', () => {
    const { cases: _, gates, verdict: __, scenario: ___, ...rest } = whole
    const plain = text.slice(0, text.indexOf('cases:\n')).replace(', cases: all', '')
    const { workload, assumptions, name, file } = read(plain)
    const alone = plan(workload, { name, file, assumptions })
    expect(alone).toMatchObject(rest)
    expect(alone).not.toHaveProperty('cases')
    expect(gates.filter((gate) => gate.case === undefined)).toEqual(alone.gates)
    expect(alone.scenario.fingerprint).not.toBe(whole.scenario.fingerprint)
  })

  it('fails the whole if a gate does not hold in it', () => {
    // 32 GiB are 4.5 GiB short, and what is short fits in swap.
    expect(whole.gates.filter(({ holds }) => !holds)).toMatchObject([
      { metric: 'headroom', case: 'smaller', limit: 0 },
      { metric: 'findings', case: 'smaller', against: ['MSP021'] },
    ])
    expect(whole.verdict).toBe('fail')
    expect(resultOf([{ path: 'gates.cases', value: '[failover, batch]' }]).verdict).toBe('pass')
  })

  it('is checked as it is planned, but only if a gate is about it', () => {
    expect(resultOf([], check).gates).toEqual(whole.gates)
    const one = resultOf([{ path: 'gates.cases', value: 'batch' }], check)
    expect(one.cases?.map(({ name }) => name)).toEqual(['batch'])
    expect(new Set(one.gates.map((gate) => gate.case))).toEqual(new Set([undefined, 'batch']))
  })

  it('is held against no baseline: growth is that of the scenario', () => {
    const { workload, assumptions, name, file } = read(text)
    const { gates } = plan(workload, { name, file, assumptions, earlier: [whole] })
    expect(gates.filter(({ metric }) => metric === 'growth')).toMatchObject([{ holds: true }])
  })
})

describe('a saved result with cases', () => {
  const whole = resultOf()

  function saved(result: object) {
    const reading = readSaved(JSON.stringify(result), 'saved.json')
    if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
    const [first] = reading.results
    if (first === undefined) throw new Error('it holds one')
    return first
  }

  it('is judged as it was', () => {
    expect(checkSaved(saved(whole)).gates).toEqual(whole.gates)
    expect(checkSaved(saved(whole)).verdict).toBe('fail')
  })

  it('is judged by other gates in the same cases', () => {
    const { gates } = checkSaved(saved(whole), { gates: { risk: 'safe' } })
    expect(
      gates.filter(({ metric }) => metric === 'risk').map((gate) => [gate.case, gate.holds]),
    ).toEqual([
      [undefined, true],
      ['failover', whole.cases?.[0]?.strategies[0]?.applies === true && isSafe(whole, 0)],
      ['batch', isSafe(whole, 1)],
      ['smaller', false],
    ])
  })

  it('fails where the case of a gate is missing', () => {
    const { cases: _, ...without } = whole
    const { gates } = checkSaved(saved(without))
    expect(gates.filter((gate) => gate.case !== undefined && gate.holds)).toEqual([])
  })
})

function isSafe({ cases = [] }: Result, index: number): boolean {
  const [first] = cases[index]?.strategies ?? []
  return first?.applies === true && first.risk.level === 'safe'
}
