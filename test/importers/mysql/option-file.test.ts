import { describe, expect, it } from 'vitest'
import { readOptions } from '../../../src/importers/mysql/option-file.ts'
import { placeText } from '../../../src/importers/place.ts'
import { libraryOf } from '../folders.ts'

describe('an option file', () => {
  it('has groups, of which servers read their own, and options with dashes or underscores', () => {
    const { lines, flaws } = readOptions(
      'my.cnf',
      libraryOf({
        'my.cnf':
          '# a\n; b\n[client]\nport=1\n[mysqld]\n Max-Connections = 5 # five\nlarge_pages\nx="a # b"\n!include more.cnf\n[mysqld-8.0]\nloose-y=2\n',
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

  it('is refused as the server does where an option stands before any group', () => {
    const flawsOf = (files: Readonly<Record<string, string>>) =>
      readOptions('my.cnf', libraryOf(files)).flaws.map(
        ({ message, spot }) => `${placeText(spot)}: ${message}`,
      )
    const groupless = 'an option before any group: the server refuses the file'
    expect(
      flawsOf({ 'my.cnf': '# a\n\ninnodb_buffer_pool_size=64G\nb=1\n[mysqld]\nc=1\n' }),
    ).toEqual([`my.cnf:3: ${groupless}`])
    expect(flawsOf({ 'my.cnf': '[mysqld]\n!include b.cnf\n', 'b.cnf': 'x=1\n' })).toEqual([
      `b.cnf:1: ${groupless}`,
    ])
    expect(flawsOf({ 'my.cnf': "*.sga_target='8G'\n" })).toEqual([`my.cnf:1: ${groupless}`])
  })

  it('ends where files include each other', () => {
    const { flaws } = readOptions('my.cnf', libraryOf({ 'my.cnf': '!include my.cnf\n' }))
    expect(flaws.map(({ message }) => message)).toEqual(['this file includes itself'])
    const two = { 'my.cnf': '!include b.cnf\n', 'b.cnf': '[mysqld]\n!include my.cnf\n' }
    expect(readOptions('my.cnf', libraryOf(two)).flaws.map(({ message }) => message)).toEqual([
      'files include each other more than 10 levels deep',
    ])
  })

  it('is refused where the bracket of a group is missing, which is said', () => {
    const { flaws } = readOptions(
      'my.cnf',
      libraryOf({ 'my.cnf': '[mysqld\nx=1\n[client]\n[mysqld-8.0 # new\ny=2\n[\n' }),
    )
    expect(
      flaws.map(({ message, expected, spot }) => [placeText(spot), message, expected]),
    ).toEqual([
      [
        'my.cnf:1',
        'the bracket of group `[mysqld` is not closed: the server refuses the file',
        '`[mysqld]`',
      ],
      [
        'my.cnf:4',
        'the bracket of group `[mysqld-8.0` is not closed: the server refuses the file',
        '`[mysqld-8.0]`',
      ],
      [
        'my.cnf:6',
        'the bracket of group `[` is not closed: the server refuses the file',
        '`[mysqld]`',
      ],
    ])
  })
})
