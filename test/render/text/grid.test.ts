import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Column } from '../../../src/render/text/grid.ts'
import { renderGrid } from '../../../src/render/text/grid.ts'

const ink = { color: false, unicode: true, width: 60 }
const columns: readonly Column[] = [
  { title: 'Name', align: 'left' },
  { title: 'Size', align: 'right' },
  { title: 'Risk', align: 'left' },
]

describe('a table', () => {
  test('aligns names left and numbers right, two blanks apart', () => {
    const rows = [{ cells: ['sga', '300.0 GiB', 'oom'] }, { cells: ['redo', '0 B', 'safe'] }]
    expect(renderGrid(columns, rows, ink)).toEqual([
      'Name       Size  Risk',
      '─────────────────────',
      'sga   300.0 GiB  oom',
      'redo        0 B  safe',
    ])
  })

  test('without rows has its head', () => {
    expect(renderGrid(columns, [], ink)).toEqual(['Name  Size  Risk', '────────────────'])
  })

  test('gives every script the columns that a terminal gives it', () => {
    const names = ['データ', '🏎️', 'e\u0301te\u0301', 'हिन्दी', 'ﾃﾞ', 'plain']
    const rows = names.map((name) => ({ cells: [name, '1 B', 'safe'] }))
    expect(renderGrid(columns, rows, ink)).toEqual([
      'Name    Size  Risk',
      '──────────────────',
      'データ   1 B  safe',
      '🏎️       1 B  safe',
      'e\u0301te\u0301      1 B  safe',
      'हिन्दी      1 B  safe',
      'ﾃﾞ       1 B  safe',
      'plain    1 B  safe',
    ])
  })

  test('puts a note below its row, across the whole table', () => {
    const rows = [
      { cells: ['sga', '300.0 GiB', 'oom'], note: 'pte 1 · pmd 2' },
      { cells: ['データ', '0 B', 'safe'] },
    ]
    expect(renderGrid(columns, rows, ink)).toEqual([
      `Name${' '.repeat(46)}Size  Risk`,
      '─'.repeat(60),
      `sga${' '.repeat(42)}300.0 GiB  oom`,
      '  pte 1 · pmd 2',
      `データ${' '.repeat(45)}0 B  safe`,
    ])
  })

  test('breaks names where it is too wide, and paints every line of a cell', () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`
    const cells = ['データ '.repeat(10).trim(), '300.0 GiB', 'out of memory']
    const lines = renderGrid(columns, [{ cells, paint: new Map([[0, red]]) }], ink)
    expect(lines.slice(2).map(stripVTControlCharacters)).toEqual([
      'データ データ データ データ データ データ  300.0 GiB  out of',
      'データ データ データ データ                           memory',
    ])
    expect(lines.slice(2).every((line) => line.startsWith('\u001b[31m'))).toBe(true)
  })

  test('becomes a record for each row where no breaking makes it fit', () => {
    const wide = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map(
      (title): Column => ({ title, align: 'right' }),
    )
    const cells = wide.map((_, index) => String(index).repeat(12))
    expect(renderGrid(wide, [{ cells, note: 'as planned' }], ink)).toEqual([
      '000000000000',
      '  Two    111111111111',
      '  Three  222222222222',
      '  Four   333333333333',
      '  Five   444444444444',
      '  Six    555555555555',
      '  as planned',
    ])
  })
})
