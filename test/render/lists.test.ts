import { describe, expect, test } from 'vitest'
import { renderExplanations } from '../../src/render/explain.ts'
import { renderIssues } from '../../src/render/issues.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderLayouts } from '../../src/render/layouts.ts'
import { displayWidth } from '../../src/render/text/width.ts'

const plain = { color: false, unicode: true, width: 80 }
const ascii = { ...plain, unicode: false }

test('JSON has two blanks per step and ends with a line feed', () => {
  expect(renderJson({ bytes: 4096 })).toBe('{\n  "bytes": 4096\n}\n')
})

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

describe('issues', () => {
  const issue = {
    file: 'plan.yaml',
    line: 12,
    column: 3,
    message: 'unknown key "proceses"',
    expected: 'processes, threads or maps',
    suggestion: 'did you mean processes?',
    sourceLine: '  proceses: 1500',
  }

  test('show the place, the line with a caret, what was expected and what would do', () => {
    expect(renderIssues([issue], plain)).toBe(
      [
        'plan.yaml:12:3: unknown key "proceses"',
        '  12 |   proceses: 1500',
        '     |   ^',
        '  expected: processes, threads or maps',
        '  suggestion: did you mean processes?',
        '',
      ].join('\n'),
    )
  })

  test('put the caret below the place, also after wide and hidden characters', () => {
    const [, source = '', caret = ''] = renderIssues(
      [{ ...issue, sourceLine: 'データ\u202e: x', column: 7 }],
      plain,
    ).split('\n')
    expect(source).toBe('  12 | データ\\u202e: x')
    expect(caret.indexOf('^')).toBe(displayWidth('  12 | データ\\u202e: '))
  })

  test('cut a long line around the caret', () => {
    const sourceLine = `${'a'.repeat(300)}!${'b'.repeat(300)}`
    const lines = renderIssues([{ ...issue, sourceLine, column: 301 }], plain).split('\n')
    expect(lines[1]).toMatch(/^ {2}12 \| …a+!b+…$/)
    expect(lines[1]?.indexOf('!')).toBe(lines[2]?.indexOf('^'))
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  })

  test('are separated by an empty line, and only the hints that exist are shown', () => {
    const { expected: _, suggestion: __, sourceLine: ___, ...bare } = issue
    expect(renderIssues([bare, bare], plain)).toBe(
      'plan.yaml:12:3: unknown key "proceses"\n\nplan.yaml:12:3: unknown key "proceses"\n',
    )
  })

  test('survive a column past the end of the line', () => {
    const view = renderIssues([{ ...issue, column: 99 }], plain)
    expect(view).toContain('     |                 ^')
  })

  test('are pure ASCII where that is asked for', () => {
    const sourceLine = `データ${'é'.repeat(200)}`
    expect(renderIssues([{ ...issue, sourceLine, file: 'ü.yaml' }], ascii)).toMatch(
      /^[\x20-\x7e\n]*$/,
    )
  })
})

describe('layouts', () => {
  const row = {
    id: 'x86-64-5level',
    title: 'x86-64, 5-level paging (la57)',
    pageBytes: 4096,
    levels: [
      {
        name: 'pte',
        tableBytes: 4096,
        entries: 512,
        reachPages: 512,
        allocation: { tables: 1, bytes: 4096 },
      },
      {
        name: 'pgd',
        tableBytes: 4096,
        entries: 512,
        reachPages: 2 ** 45,
        allocation: { tables: 1, bytes: 4096 },
      },
    ],
    userPages: 2 ** 44 - 1,
    hugePages: [
      { bytes: 2 ** 21, leaf: 'pmd' },
      { bytes: 2 ** 30, leaf: 'pud' },
    ],
    sharesPmdTables: true,
  }

  test('show page sizes, address space and what a table spans', () => {
    const view = renderLayouts([row], plain)
    expect(view).toContain('x86-64-5level: x86-64, 5-level paging (la57)')
    expect(view).toContain(
      'base page 4 KiB; huge pages 2 MiB (pmd), 1 GiB (pud); user space 64.0 PiB;',
    )
    expect(view).toContain('hugetlb shares pmd tables between processes')
    expect(view).toMatch(/pte +512 +4\.0 KiB +2\.0 MiB/)
    expect(view).toMatch(/pgd +512 +4\.0 KiB +128\.0 PiB/)
  })
})
