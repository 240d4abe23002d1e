import { describe, expect, test } from 'vitest'
import { renderExplanations } from '../../src/render/explain.ts'

const plain = { color: false, unicode: true, width: 80 }
const ascii = { ...plain, unicode: false }

describe('explanations', () => {
  const explanation = {
    path: 'strategies.base-pages.regions.sga.leafEntryBytes',
    meaning: 'entries that map the pages of sga',
    formula: 'processes × tables × 4,096',
    substituted: '1,500 × 153,600 × 4,096',
    value: 943_718_400_000,
    unit: 'bytes',
    source: 'arch/x86/include/asm/pgtable_64_types.h',
  }

  test('show formula, numbers, answer with unit, and source', () => {
    expect(renderExplanations([explanation], plain)).toBe(
      [
        'strategies.base-pages.regions.sga.leafEntryBytes',
        '  entries that map the pages of sga',
        '  = processes × tables × 4,096',
        '  = 1,500 × 153,600 × 4,096',
        '  = 943,718,400,000 B (878.90625 GiB)',
        '  source: arch/x86/include/asm/pgtable_64_types.h',
        '',
      ].join('\n'),
    )
  })

  test('of mshare say that it is proposed', () => {
    const path = 'strategies.mshare.pageTables.onceBytes'
    expect(renderExplanations([{ ...explanation, path }], plain)).toContain(
      '\n  proposed: in no released kernel\n',
    )
  })

  test('spell signs out in ASCII', () => {
    expect(renderExplanations([explanation], ascii)).toContain('  = 1,500 x 153,600 x 4,096\n')
  })

  test('keep every digit of an expectation', () => {
    const view = renderExplanations(
      [{ ...explanation, value: 996.7613888852, unit: 'tables' }],
      plain,
    )
    expect(view).toContain('  = 996.7613888852 tables\n')
  })
})
