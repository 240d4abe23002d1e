import { describe, expect, test } from 'vitest'
import type { Waivable } from '../../../src/plan/gates/waivers.ts'
import { applyWaivers, withoutWaivers } from '../../../src/plan/gates/waivers.ts'

const finding = (id: string, strategy?: string): Waivable => ({
  id,
  kind: `kind of ${id}`,
  severity: 'warning',
  strategy,
})
const waiver = (id: string, until: string) => ({ finding: id, until, reason: 'because' })

describe('a waiver', () => {
  test('marks every finding of its id, under any strategy, and no other', () => {
    const found = [finding('MSP001', 'mshare'), finding('MSP002'), finding('MSP001')]
    const waived = { until: '2026-03-01', reason: 'because' }
    expect(applyWaivers(found, [waiver('MSP001', '2026-03-01')], '2026-02-28')).toEqual([
      { ...found[0], waived },
      found[1],
      { ...found[2], waived },
    ])
  })

  test.each([
    ['2026-02-27', true],
    ['2026-02-28', true],
    ['2026-03-01', false],
    ['2027-01-01', false],
  ])('until 2026-02-28 on %s: %s', (today, counts) => {
    const [first, about] = applyWaivers(
      [finding('MSP001')],
      [waiver('MSP001', '2026-02-28')],
      today,
    )
    expect(first?.waived !== undefined).toBe(counts)
    expect(about?.kind).toBe(counts ? undefined : 'waiver-expired')
  })

  test('that is over is a warning, whether there is anything to waive or not', () => {
    expect(applyWaivers([], [waiver('MSP001', '2026-01-01')], '2026-01-02')).toEqual([
      {
        id: 'MSP030',
        kind: 'waiver-expired',
        severity: 'warning',
        waives: 'MSP001',
        until: '2026-01-01',
        reason: 'because',
      },
    ])
  })

  test('without its finding is a note', () => {
    const applied = applyWaivers(
      [finding('MSP002')],
      [waiver('MSP001', '2026-01-01')],
      '2026-01-01',
    )
    expect(applied.map(({ id, severity }) => [id, severity])).toEqual([
      ['MSP002', 'warning'],
      ['MSP031', 'note'],
    ])
  })

  test('counts for nothing where no date is known, and nothing is said of it', () => {
    const found = [finding('MSP001')]
    expect(applyWaivers(found, [waiver('MSP001', '2999-12-31')], undefined)).toEqual(found)
  })

  test('can be taken back', () => {
    const found = [finding('MSP001'), finding('MSP002')]
    const waivers = [waiver('MSP001', '2026-01-01'), waiver('MSP003', '2026-01-01')]
    for (const today of ['2026-01-01', '2026-01-02']) {
      expect(withoutWaivers(applyWaivers(found, waivers, today))).toEqual(found)
    }
  })
})
