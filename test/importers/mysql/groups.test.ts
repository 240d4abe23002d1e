import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, placesOf } from '../folders.ts'

const both =
  '[mysqld]\nmax_connections=1\n[mysqld-8.0]\nmax_connections=80\n[mysqld-5.7]\nmax_connections=57\n'

function importing(text: string, release?: string) {
  return importMysql('my.cnf', libraryOf({ 'my.cnf': text }), {
    memory: '64 GB',
    ...(release === undefined ? {} : { release }),
  })
}

/** Connections, and what is said about groups. */
function readOf(text: string, release?: string): readonly (string | number | undefined)[] {
  const imported = importing(text, release)
  if (!imported.ok) return placesOf(imported)
  const { opening, scenario } = imported.scenario
  const said = opening.filter((line) => /^(Groups|Not read)/.test(line))
  return [scenario.groups['mysqld']?.threads, ...said]
}

describe('groups of a release series', () => {
  it('are read by servers of that series alone', () => {
    expect(readOf(both, '8.0')).toEqual([
      80,
      'Not read, being of other servers: [mysqld-5.7] (my.cnf:5).',
    ])
    expect(readOf(both, '8.0.36')).toEqual(readOf(both, '8.0'))
    expect(readOf(both, '5.7')).toEqual([
      57,
      'Not read, being of other servers: [mysqld-8.0] (my.cnf:3).',
    ])
    expect(readOf(both, '8.4')).toEqual([
      1,
      'Not read, being of other servers: [mysqld-8.0] (my.cnf:3), [mysqld-5.7] (my.cnf:5).',
    ])
  })

  it('are those of the newest series where nobody says the release, and that is said', () => {
    expect(readOf(both)).toEqual([
      80,
      'Groups of 8.0 are read, the newest series that is named. --release 8.0 or another says which it is.',
      'Not read, being of other servers: [mysqld-5.7] (my.cnf:5).',
    ])
    expect(
      readOf('[mysqld-10.11]\nmax_connections=11\n[mariadb-10.6]\nmax_connections=6\n'),
    ).toEqual([
      11,
      'Groups of 10.11 are read, the newest series that is named. --release 10.11 or another says which it is.',
      'Not read, being of other servers: [mariadb-10.6] (my.cnf:3).',
    ])
    expect(readOf('[mysqld-8.4]\nmax_connections=84\n')).toEqual([
      84,
      'Groups of 8.4 are read, the only series that is named. --release 8.4 or another says which it is.',
    ])
    expect(readOf(both, '8')).toEqual([
      80,
      'Groups of 8.0 are read, the only series that is named. --release 8.0 or another says which it is.',
      'Not read, being of other servers: [mysqld-5.7] (my.cnf:5).',
    ])
    expect(readOf('[mysqld]\nmax_connections=3\n')).toEqual([3])
  })

  it('exist of mysqld, mariadb and mariadbd, with two numbers', () => {
    expect(
      readOf('[mysqld]\n[server-8.0]\nmax_connections=5\n[mysqld-8]\nmax_connections=6\n'),
    ).toEqual([151])
    expect(readOf('[MariaDBd-11.4]\nmax_connections=5\n', '11.4.2')).toEqual([5])
  })
})

describe('groups of MariaDB', () => {
  const maria = '[mysqld]\nmax_connections=1\n[mariadb]\nmax_connections=2\n'

  it('are read by all but servers that --release says are of MySQL', () => {
    expect(readOf(maria)).toEqual([2])
    expect(readOf(maria, '10.11')).toEqual([2])
    expect(readOf(maria, '8.0')).toEqual([
      1,
      'Not read, being of other servers: [mariadb] (my.cnf:3).',
    ])
  })
})

describe('a file', () => {
  it('has something for the server', () => {
    const nothing = ['my.cnf:1:1: there is no group that the server reads']
    expect(readOf('')).toEqual(nothing)
    expect(readOf('[client]\nport=1\n')).toEqual(nothing)
    expect(readOf('[client]\n[mysqld-8.0]\n', '5.7')).toEqual([
      'my.cnf:2:1: there is no group that the server reads: `[mysqld-8.0]` is for another release than 5.7',
    ])
  })
})
