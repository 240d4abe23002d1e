import { describe, expect, it } from 'vitest'
import { roundedPool } from '../../../src/importers/mysql/import-mysql.ts'
import { readOptions } from '../../../src/importers/mysql/option-file.ts'
import { libraryOf } from '../folders.ts'

const gib = 2 ** 30
const mib = 2 ** 20

describe('an option file', () => {
  it('has groups, of which the server reads its own, and options with dashes or underscores', () => {
    const { lines, flaws } = readOptions(
      'my.cnf',
      libraryOf({
        'my.cnf':
          '# a\n; b\nlost=1\n[client]\nport=1\n[mysqld]\n Max-Connections = 5 # five\nlarge_pages\nx="a # b"\n!include more.cnf\n[mysqld-8.0]\nloose-y=2\n',
        'more.cnf': "[mysqld]\nz='q'\n",
      }),
    )
    expect(flaws).toEqual([])
    expect(lines.map(({ name, value }) => [name, value])).toEqual([
      ['max_connections', '5'],
      ['large_pages', undefined],
      ['x', 'a # b'],
      ['z', 'q'],
      ['y', '2'],
    ])
  })

  it('ends where files include each other', () => {
    const { flaws } = readOptions('my.cnf', libraryOf({ 'my.cnf': '!include my.cnf\n' }))
    expect(flaws.map(({ message }) => message)).toEqual([
      'files include each other more than 10 levels deep, or too many of them',
    ])
  })
})

describe('the buffer pool', () => {
  it('is a multiple of chunk size and instances', () => {
    expect(roundedPool(8 * gib, 128 * mib, 16)).toBe(8 * gib)
    expect(roundedPool(9 * gib, 128 * mib, 16)).toBe(10 * gib)
    expect(roundedPool(gib, 128 * mib, 0)).toBe(gib)
    expect(roundedPool(100 * mib, 128 * mib, 8)).toBe(100 * mib)
  })
})
