import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../../../../src/importers/postgresql/guc/configuration.ts'
import { libraryOf } from '../../folders.ts'

const read = (files: Readonly<Record<string, string>>) => {
  const { lines, flaws } = readConfiguration('/etc/db/postgresql.conf', libraryOf(files))
  return {
    values: lines.map(({ name, value }) => `${name}=${value}`),
    flaws: flaws.map(({ message, unread, spot }) => [spot.source.file, message, unread ?? false]),
  }
}

describe('a configuration with others in it', () => {
  it('has included files where they are included, beside the file that names them', () => {
    const { values, flaws } = read({
      '/etc/db/postgresql.conf':
        "a = 1\ninclude 'sub/more.conf'\nInclude_Dir = 'conf.d'\ninclude_if_exists = 'gone.conf'\nz = 9\n",
      '/etc/db/sub/more.conf': "b = 2\ninclude 'near.conf'\n",
      '/etc/db/sub/near.conf': 'c = 3\n',
      '/etc/db/conf.d/10.conf': 'e = 5\n',
      '/etc/db/conf.d/1.conf': 'd = 4\n',
      '/etc/db/conf.d/.hidden.conf': 'x = 0\n',
      '/etc/db/conf.d/other.txt': 'x = 0\n',
    })
    expect(flaws).toEqual([])
    expect(values).toEqual(['a=1', 'b=2', 'c=3', 'd=4', 'e=5', 'z=9'])
  })

  it('cannot do without a file or folder that it names', () => {
    const { flaws } = read({
      '/etc/db/postgresql.conf': "include 'gone.conf'\ninclude_dir 'none.d'\ninclude ''\n",
    })
    expect(flaws).toEqual([
      ['/etc/db/postgresql.conf', 'cannot read /etc/db/gone.conf: no such file or directory', true],
      ['/etc/db/postgresql.conf', 'cannot read /etc/db/none.d: no such file or directory', true],
      ['/etc/db/postgresql.conf', '`include` has no path', false],
    ])
  })

  it('ends where files include each other', () => {
    const { values, flaws } = read({
      '/etc/db/postgresql.conf': "a = 1\ninclude 'postgresql.conf'\ninclude 'b.conf'\n",
      '/etc/db/b.conf': "b = 1\ninclude 'c.conf'\n",
      '/etc/db/c.conf': "include 'b.conf'\n",
    })
    expect(values).toEqual(['a=1', ...Array.from({ length: 5 }, () => 'b=1')])
    expect(flaws).toEqual([
      ['/etc/db/postgresql.conf', 'this file includes itself', false],
      ['/etc/db/c.conf', 'files include each other more than 10 levels deep', false],
    ])
  })

  it('ends where they do so many times over', () => {
    const many = (file: string) => `include '${file}'\n`.repeat(50)
    const { flaws } = read({
      '/etc/db/postgresql.conf': many('b.conf'),
      '/etc/db/b.conf': many('c.conf'),
      '/etc/db/c.conf': many('b.conf'),
    })
    expect(flaws.at(-1)?.[1]).toBe('more than 500 files are included')
  })
})
