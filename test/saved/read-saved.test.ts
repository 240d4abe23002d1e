import { describe, expect, it } from 'vitest'
import type { ReadResult } from '../../src/saved/read-saved.ts'
import { readSaved } from '../../src/saved/read-saved.ts'
import { result, withoutKey } from './result.ts'

function read(value: object): readonly ReadResult[] {
  const reading = readSaved(JSON.stringify(value), 'r.json')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.results
}

/** `line:column message` of each issue of a text with two blanks for each level. */
function faults(value: object | string): readonly string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const reading = readSaved(text, 'r.json')
  if (reading.ok) return []
  return reading.issues.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

describe('a saved result', () => {
  it('is judged by its own numbers', () => {
    const [one] = read(result)
    expect(one).toMatchObject({
      scenario: { name: 'a server', file: 'server.yaml' },
      strategies: [{ id: 'as-described', pageTables: { bytes: 4096 } }],
      gates: { strategy: 'as-described', risk: 'tight' },
      waivers: [],
      baseline: {},
    })
  })

  it('keeps what is not judged as it was written', () => {
    expect(read({ ...result, advice: [{ kind: 'pool' }] })[0]?.whole).toMatchObject({
      advice: [{ kind: 'pool' }],
      scenario: result.scenario,
    })
  })

  it('keeps the order of its keys', () => {
    const { scenario, ...others } = result
    const written = { ...others, advice: [], scenario: { fingerprint: '00', ...scenario } }
    expect(JSON.stringify(read(written)[0]?.whole)).toBe(JSON.stringify(written))
    const listed = { schema: 'mshare-plan/results/1', results: [written] }
    expect(JSON.stringify(read(listed)[0]?.whole)).toBe(JSON.stringify(written))
  })

  it('may be one of a list', () => {
    const text = JSON.stringify({ schema: 'mshare-plan/results/1', results: [result, result] })
    expect(readSaved(text, 'r.json')).toMatchObject({ ok: true, several: true })
    expect(readSaved(JSON.stringify(result), 'r.json')).toMatchObject({ ok: true, several: false })
  })

  it('has the strategy that is judged among the others, with its findings', () => {
    const [plan] = result.strategies
    const finding = { id: 'MSP010', kind: 'page-tables-exceed-data', severity: 'warning' }
    const judged = {
      strategy: 'mshare',
      unasked: { result: { ...plan, id: 'mshare' }, findings: [finding] },
    }
    const [one] = read({ ...result, gates: [], judged })
    expect(one?.strategies.map(({ id }) => id)).toEqual(['as-described', 'mshare'])
    expect(one?.findings).toEqual([finding])
    expect(one?.gates).toEqual({ strategy: 'mshare' })
    expect(one?.whole).not.toHaveProperty('judged')
  })
})

describe('a file that is not read', () => {
  it('is one of another version', () => {
    expect(faults({ ...result, schema: 'mshare-plan/result/2' })).toEqual([
      '2:14 `mshare-plan/result/2` is unknown: this version of mshare-plan reads and writes version 1',
    ])
  })

  it('is what another command wrote', () => {
    expect(faults({ schema: 'mshare-plan/layouts/1' })).toEqual([
      '2:14 `mshare-plan/layouts/1` is not a result of plan or check',
    ])
  })

  it('is cut off', () => {
    const text = JSON.stringify(result).slice(0, -9)
    expect(faults(text)).toEqual([
      `1:${text.length + 1} not JSON: the file is cut off or was changed`,
    ])
  })

  it.each([
    ['host.memoryBytes', '`memoryBytes` is missing'],
    ['strategies.0.pageTables.bytes', '`bytes` is missing'],
    ['strategies.0.memory.headroomBytes', '`headroomBytes` is missing'],
    ['strategies.0.memory.pools', '`pools` is missing'],
    ['strategies.0.memory.commit.granted', '`granted` is missing'],
    ['strategies.0.risk.level', '`level` is missing'],
    ['findings', '`findings` is missing'],
    ['gates', '`gates` is missing'],
  ])('lacks %s', (path, message) => {
    const [fault = '', ...others] = faults(withoutKey(result, path))
    expect(others).toEqual([])
    expect(fault.replace(/^\d+:\d+ /, '')).toBe(message)
  })

  it.each([
    ['a metric of later', { metric: 'speed', limit: 1 }],
    ['a level of later', { metric: 'risk', limit: 'terrible' }],
    ['a limit below nothing', { metric: 'headroom', limit: -1 }],
    ['a share above all', { metric: 'growth', unit: 'fraction', limit: 1.5 }],
    ['a unit of later', { metric: 'growth', unit: 'pages', limit: 1 }],
    ['a baseline below nothing', { metric: 'growth', unit: 'bytes', limit: 1, baseline: -1 }],
  ])('has a gate with %s', (_, gate) => {
    const changed = { ...result, gates: [{ strategy: 'as-described', ...gate }] }
    expect(faults(changed)).toEqual([expect.stringMatching(/^\d+:\d+ the gate is unknown$/)])
  })

  it('has two gates of which one cannot be meant', () => {
    const [gate] = result.gates
    expect(faults({ ...result, gates: [gate, { ...gate, limit: 'oom' }] })).toEqual([
      '2:14 the gates contradict one another',
    ])
  })

  it('has a place with many faults: twenty are enough', () => {
    const gates = Array.from({ length: 50 }, () => ({ metric: 'speed' }))
    expect(faults({ ...result, gates })).toHaveLength(20)
  })
})
