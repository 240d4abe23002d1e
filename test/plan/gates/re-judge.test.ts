import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSaved } from '../../../src/plan/gates/re-judge.ts'
import type { ReadResult } from '../../../src/saved/read-saved.ts'
import { readSaved } from '../../../src/saved/read-saved.ts'
import { root } from '../../scenarios/shipped.ts'

const golden = join(root, 'test/scenarios/golden')
const saved = readdirSync(golden)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, readFileSync(join(golden, name), 'utf8')] as const)

function readOne(text: string): ReadResult {
  const reading = readSaved(text, 'saved.json')
  const [result] = reading.ok ? reading.results : []
  if (result === undefined) throw new Error('not read')
  return result
}

describe('a saved result judged again', () => {
  it('is one of several', () => {
    expect(saved.length).toBeGreaterThan(10)
  })

  it.each(saved)('%s comes to the gates and the verdict that it has', (_, text) => {
    const { gates, verdict } = JSON.parse(text)
    const again = checkSaved(readOne(text))
    if (verdict === 'none') expect(again.gates).toMatchObject([{ metric: 'risk', limit: 'tight' }])
    else expect(again).toMatchObject({ gates, verdict })
  })

  const [, lkml = ''] = saved.find(([name]) => name === 'oracle-sga-300g.json') ?? []

  it('is judged by the gates that are given, beside its own', () => {
    expect(checkSaved(readOne(lkml), { gates: { risk: 'oom' } }).verdict).toBe('pass')
  })

  it('may not have more page tables than an earlier one', () => {
    const before = readOne(lkml)
    const less = lkml.replaceAll('"bytes": 945838080000', '"bytes": 945838079999')
    expect(less).not.toBe(lkml)
    const growthOver = (earlier: ReadResult) =>
      checkSaved(before, { gates: { risk: 'oom' }, earlier: [earlier] }).gates.slice(1)
    expect(growthOver(before)).toMatchObject([{ actual: 0, holds: true }, { holds: true }])
    expect(growthOver(readOne(less))).toMatchObject([{ actual: 1, holds: false }, { holds: true }])
  })

  it('says all else that it said', () => {
    const { findings: _, gates: __, verdict: ___, ...whole } = checkSaved(readOne(lkml))
    expect(JSON.parse(lkml)).toMatchObject(whole)
  })
})
