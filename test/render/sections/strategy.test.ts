import { describe, expect, test } from 'vitest'
import { subjectOf } from '../../../src/plan/result/outlook.ts'
import { labelNamed, levelsUsed, tablesAt } from '../../../src/render/sections/strategy.ts'
import { lkml } from '../lkml-result.ts'

describe('a strategy', () => {
  test('in no released kernel always has its label, also where it was not planned', () => {
    expect(labelNamed('mshare', { ...lkml, strategies: [] })).toBe('mshare (proposed)')
    expect(labelNamed('thp-2m', { ...lkml, strategies: [] })).toBe('thp-2m')
  })

  test('that the others are read against is as-described, or the first that was planned', () => {
    expect(subjectOf(lkml)?.id).toBe('as-described')
    const others = lkml.strategies.filter(({ id }) => id !== 'as-described')
    expect(subjectOf({ ...lkml, strategies: others })?.id).toBe(others[0]?.id)
    expect(subjectOf({ ...lkml, strategies: [] })).toBeUndefined()
  })

  test('has its levels from the bottom, without folded ones', () => {
    expect(levelsUsed([{ pgd: 1 }, { pte: 1, pud: undefined }])).toEqual(['pte', 'pgd'])
  })

  test('marks tables that are expected', () => {
    const levels = { pte: { tables: 997, bytes: 997 * 4096, expectedTables: 996.76 } }
    expect(tablesAt(levels, 'pte')).toBe('~996.76')
    expect(tablesAt({ pte: { ...levels.pte, expectedTables: 1200 } }, 'pte')).toBe('~1,200')
    expect(tablesAt(levels, 'pgd')).toBe('')
  })
})
