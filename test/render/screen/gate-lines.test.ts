import { describe, expect, test } from 'vitest'
import type { GateResult } from '../../../src/plan/result/gate-result.ts'
import { gateLines } from '../../../src/render/screen/gate-lines.ts'
import { inkOfNames } from '../../../src/render/text/ink.ts'
import { bytes } from '../../../src/units/quantity.ts'
import type { Threshold } from '../../../src/workload/gates.ts'
import { gib, planned } from '../../build.ts'
import { lkml, lkmlGated } from '../lkml-result.ts'
import { plain, pooled, server } from './servers.ts'

const holding: GateResult = {
  metric: 'headroom',
  strategy: 'as-described',
  limit: gib,
  actual: 2 * gib,
  margin: gib,
  unit: 'bytes',
  holds: true,
}
const linesOf = (gates: readonly GateResult[]): readonly string[] =>
  gateLines({ ...lkml, gates }, plain)

const bound = (amount: number): Threshold => ({ kind: 'bytes', bytes: bytes(amount) })

describe('gates', () => {
  test('that fail have a line each, the others one together', () => {
    expect(gateLines(lkmlGated, plain)).toEqual([
      'Gate fails: risk out of memory, at most tight.',
      'Gate fails under hugetlb-2m: headroom, at least 1.0 GiB: not planned.',
      '1 other gate holds.',
    ])
  })

  test('that all hold are counted', () => {
    expect(linesOf([holding])).toEqual(['1 gate holds.'])
    expect(linesOf([holding, holding])).toEqual(['2 gates hold.'])
    expect(linesOf([])).toEqual([])
  })

  test('of a plan that does not start say what keeps it', () => {
    const result = planned({ ...pooled(8000), gates: { headroom: bound(gib) } })
    expect(gateLines(result, plain)).toEqual([
      'Gate fails: it does not start (huge pages are missing); headroom must be at',
      'least 1.0 GiB.',
    ])
  })

  test('name what is too much and what is too little', () => {
    // 64 - 16 - 6.26 GiB.
    const result = planned({
      ...server(200),
      gates: { headroom: bound(48 * gib), pageTables: bound(gib) },
    })
    expect([...gateLines(result, plain)].sort()).toEqual([
      'Gate fails: headroom 41.7 GiB, at least 48.0 GiB.',
      'Gate fails: page tables 6.3 GiB, at most 1.0 GiB.',
    ])
  })

  test('say in words under which strategy they are judged', () => {
    // 64 - 16 GiB and 200 * 72 KiB of page tables.
    const result = planned({
      ...server(200),
      gates: { strategy: 'hugetlb-2m', headroom: bound(49 * gib) },
    })
    expect(gateLines(result, plain)).toEqual([
      'Gate fails on huge pages of 2 MiB: headroom 48.0 GiB, at least 49.0 GiB.',
    ])
  })

  test('label a strategy that is in no released kernel', () => {
    const [line] = linesOf([{ ...holding, strategy: 'mshare', holds: false }])
    expect(line).toBe('Gate fails under mshare (proposed): headroom 2.0 GiB, at least 1.0 GiB.')
  })

  test('on a case name it, quoted where it has a space or colon', () => {
    const failing = { ...holding, holds: false }
    const [plainName, spaced] = linesOf([
      { ...failing, case: 'failover' },
      { ...failing, case: 'night: batch' },
    ])
    expect(plainName).toMatch(/^Gate fails, case failover: headroom/)
    expect(spaced).toMatch(/^Gate fails, case "night: batch": headroom/)
  })

  test('mark nothing but names for a renderer that sets them apart', () => {
    const gates = [
      { ...holding, holds: false },
      { ...holding, holds: false, case: 'night batch' },
    ]
    const [own, cased] = gateLines({ ...lkml, gates }, inkOfNames)
    expect(own).toMatch(/^Gate fails: headroom/)
    expect(cased).toMatch(/^Gate fails, case ⟦night batch⟧: headroom/)
  })

  test('have no level by its id', () => {
    expect(gateLines(lkmlGated, plain).join(' ')).not.toMatch(/\boom\b/)
  })
})
