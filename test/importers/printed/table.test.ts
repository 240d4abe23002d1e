import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/importers/printed/table.ts'
import { toIssue } from '../../../src/scenario/yaml/yaml-tree.ts'
import { cpuTime } from '../../cpu-time.ts'

const columns = { key: 'name', usual: ['name', 'setting', 'unit'] }

function read(text: string): readonly string[] {
  return readTable({ file: 't', text }, columns).map((row) =>
    [...row].map(([name, cell]) => `${name}=${cell.text}`).join(' '),
  )
}

describe('tables of a client', () => {
  it('are aligned, with a ruler below the heading and a count at the end', () => {
    const text = ' name | setting \n------+---------\n a    | 1\n b    | x y\n(2 rows)\n'
    expect(read(text)).toEqual(['name=a setting=1', 'name=b setting=x y'])
  })

  it('have a border', () => {
    const box =
      '+------+---------+\n| name | setting |\n+------+---------+\n| a    | 1       |\n+------+---------+\n'
    expect(read(box)).toEqual(['=  name=a setting=1'.replace('  ', ' ')])
    const fine =
      '┌──────┬─────────┐\n│ name │ setting │\n├──────┼─────────┤\n│ a    │ 1       │\n└──────┴─────────┘\n'
    expect(readTable({ file: 't', text: fine }, columns)[0]?.get('setting')?.text).toBe('1')
  })

  it('are unaligned or separated by tabs, with or without a heading', () => {
    expect(read('name|setting\na|1\n')).toEqual(['name=a setting=1'])
    expect(read('a|1|kB\n')).toEqual(['name=a setting=1 unit=kB'])
    expect(read('a\t1\n')).toEqual(['name=a setting=1'])
  })

  it('are CSV, in which quotes hold commas and quotes', () => {
    expect(read('name,setting\na,"1,2"\nb,"say ""x"""\n')).toEqual([
      'name=a setting=1,2',
      'name=b setting=say "x"',
    ])
  })

  it('have a line for each column', () => {
    const psql =
      '-[ RECORD 1 ]-\nname    | a\nsetting | 1\n-[ RECORD 2 ]-\nname    | b\nsetting | \n'
    expect(read(psql)).toEqual(['name=a setting=1', 'name=b setting='])
    const mysql = '*** 1. row ***\n         name: a\n      setting: 1: 2\n'
    expect(read(mysql)).toEqual(['name=a setting=1: 2'])
  })

  it('each cell keeps its place', () => {
    const text = 'SHOW ALL;\r\n name | setting\r\n------+--------\r\n a    | 16GB\r\n'
    const [row] = readTable({ file: 't', text }, columns)
    const spot = row?.get('setting')?.spot
    expect(spot && toIssue({ message: '', spot })).toMatchObject({ line: 4, column: 9 })
  })

  it('the rest of a text is passed over', () => {
    expect(read('psql (16.3)\nType "help" for help.\n\n')).toEqual([])
    expect(read('')).toEqual([])
  })

  it('names of prototypes are names like others', () => {
    const [row] = readTable({ file: 't', text: 'name|__proto__\na|1\n' }, columns)
    expect(row?.get('__proto__')?.text).toBe('1')
  })

  it.each([
    ['bars', '|'.repeat(400_000)],
    ['quotes', `name,setting\n${'"'.repeat(400_000)}`],
    ['lines', 'name|setting\n'.repeat(40_000)],
    ['dashes', `${'-'.repeat(400_000)}x`],
    ['blanks', ` ${' '.repeat(400_000)}|`],
  ])('a text of %s takes no time', (_, text) => {
    const before = cpuTime()
    readTable({ file: 't', text }, columns)
    expect(cpuTime() - before).toBeLessThan(5000)
  })
})
