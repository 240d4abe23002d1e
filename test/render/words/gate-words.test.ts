import { describe, expect, test } from 'vitest'
import type { GateResult } from '../../../src/plan/result/gate-result.ts'
import { limitAndActual, marginText, metricWords } from '../../../src/render/words/gate-words.ts'

const gib = 2 ** 30
const growth: GateResult = {
  metric: 'growth',
  strategy: 'as-described',
  limit: 0.05,
  actual: 0.0501,
  margin: -0.0001,
  unit: 'fraction',
  baseline: 28 * gib,
  holds: false,
}

describe('a gate in words', () => {
  test('says from what growth is measured', () => {
    expect(metricWords(growth)).toEqual({
      name: 'growth',
      from: ' over 28.0 GiB',
      bound: 'at most',
    })
  })

  test('tells a limit from an actual value that is nearly the same', () => {
    expect(limitAndActual(growth)).toEqual(['5.00 %', '5.01 %'])
  })

  test('has a negative margin where it does not hold, and none where it is unknown', () => {
    expect(marginText(growth)).toBe('-0.01 %')
    const { margin: _, ...unknown } = growth
    expect(marginText(unknown)).toBe('')
    expect(marginText({ ...growth, unit: 'level', margin: -1 })).toBe('-1 level')
  })
})
