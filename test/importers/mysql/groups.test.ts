import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

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
  const { opening, scenario } = partsOf(imported.annotated)
  const said = opening.filter((line) => /^(Groups|Read|Ignored)/.test(line))
  return [scenario.groups['mysqld']?.threads, ...said]
}

describe('groups of a release series', () => {
  it('are read by servers of that series alone', () => {
    expect(readOf(both, '8.0')).toEqual([
      80,
      'Ignored, because other servers read them: [mysqld-5.7] (my.cnf:5).',
    ])
    expect(readOf(both, '8.0.36')).toEqual(readOf(both, '8.0'))
    expect(readOf(both, '5.7')).toEqual([
      57,
      'Ignored, because other servers read them: [mysqld-8.0] (my.cnf:3).',
    ])
    expect(readOf(both, '8.4')).toEqual([
      1,
      'Ignored, because other servers read them: [mysqld-8.0] (my.cnf:3), [mysqld-5.7] (my.cnf:5).',
    ])
  })

  it('are those of the newest series where nobody says the release, and that is said', () => {
    expect(readOf(both)).toEqual([
      80,
      'Groups of 8.0 are read, the newest series named (override with --release).',
      'Ignored, because other servers read them: [mysqld-5.7] (my.cnf:5).',
    ])
    expect(
      readOf('[mysqld-10.11]\nmax_connections=11\n[mariadb-10.6]\nmax_connections=6\n'),
    ).toEqual([
      11,
      'Groups of 10.11 are read, the newest series named (override with --release).',
      'Ignored, because other servers read them: [mariadb-10.6] (my.cnf:3).',
    ])
    expect(readOf('[mysqld-8.4]\nmax_connections=84\n')).toEqual([
      84,
      'Groups of 8.4 are read, the only series named (override with --release).',
    ])
    expect(readOf(both, '8')).toEqual([
      80,
      'Groups of 8.0 are read, the only series named (override with --release).',
      'Ignored, because other servers read them: [mysqld-5.7] (my.cnf:5).',
    ])
    expect(readOf('[mysqld]\nmax_connections=3\n')).toEqual([3])
  })

  it('exist of mysqld, mariadb and mariadbd, with two numbers', () => {
    expect(
      readOf('[mysqld]\n[server-8.0]\nmax_connections=5\n[mysqld-8]\nmax_connections=6\n'),
    ).toEqual([
      151,
      'Ignored, because no server reads groups of these names: [server-8.0] (my.cnf:2), [mysqld-8] (my.cnf:4).',
    ])
    expect(readOf('[MariaDBd-11.4]\nmax_connections=50\n', '11.4.2')).toEqual([50])
  })
})

describe('groups of MariaDB', () => {
  const maria = '[mysqld]\nmax_connections=10\n[mariadb]\nmax_connections=20\n'

  it('are read by all but servers that --release says are of MySQL', () => {
    expect(readOf(maria)).toEqual([20])
    expect(readOf(maria, '10.11')).toEqual([20])
    expect(readOf(maria, '8.0')).toEqual([
      10,
      'Ignored, because other servers read them: [mariadb] (my.cnf:3).',
    ])
    expect(readOf(maria, '5.5')).toEqual([20])
    expect(readOf(maria, '5.7')).toEqual([
      10,
      'Ignored, because other servers read them: [mariadb] (my.cnf:3).',
    ])
  })

  const galera = '[mysqld]\nmax_connections=10\n[galera]\nmax_connections=30\n'
  const both = '[client-server]\nport=1\n[Galera]\nmax_connections=30\n'

  it('are client-server and galera too', () => {
    expect(readOf(galera, '10.11')).toEqual([30])
    expect(readOf(galera, '12')).toEqual([30])
    expect(readOf(galera, '8.0')).toEqual([
      10,
      'Ignored, because other servers read them: [galera] (my.cnf:3).',
    ])
  })

  it('are said to be read or not where nobody says the release', () => {
    expect(readOf(galera)).toEqual([
      10,
      'Ignored, because only MariaDB reads them (--release 10.11 or another MariaDB release includes them): [galera] (my.cnf:3).',
    ])
    const read = (line: number) => `Read, as only MariaDB does: [galera] (my.cnf:${line}).`
    expect(readOf(`[mariadbd]\n${galera}`)).toEqual([30, read(4)])
    expect(readOf(`[mysqld-10.6]\n${galera}`).slice(0, 3)).toEqual([
      30,
      'Groups of 10.6 are read, the only series named (override with --release).',
      read(4),
    ])
    expect(readOf(both)).toEqual([
      30,
      'Read, as only MariaDB does: [client-server] (my.cnf:1), [galera] (my.cnf:3).',
    ])
  })
})

describe('a group that no server reads, or one of several', () => {
  it('is named as not read', () => {
    expect(
      readOf(
        '[mysqld]\n[mariadb-server]\nmax_connections=1\n[mysqld2]\nmax_connections=2\n[mysqld@b]\n[mysql_cluster]\n[mysqld_safe]\nmax_connections=3\n[mysqldump]\n[mariadb-client]\n[mysql]\n',
      ),
    ).toEqual([
      151,
      'Ignored, because other servers read them: [mysql_cluster] (my.cnf:7).',
      'Ignored, because each belongs to one of several servers: [mysqld2] (my.cnf:4), [mysqld@b] (my.cnf:6).',
      'Ignored, because no server reads groups of these names: [mariadb-server] (my.cnf:2).',
    ])
  })

  it('is no configuration by itself, and what to do about it is said', () => {
    expect(
      readOf('[mysqld_multi]\nlog=a\n[client-server]\n[mysqld1]\nmax_connections=2\n[mysqld2]\n'),
    ).toEqual([
      'my.cnf:4:1: the file has no group that the server reads: `[mysqld1]` belongs to one of several servers of mysqld_multi (copy the settings of one of them to a separate file, below `[mysqld]`)',
    ])
  })
})

describe('a file', () => {
  it('has something for the server', () => {
    const nothing = ['my.cnf:1:1: the file has no group that the server reads']
    expect(readOf('')).toEqual(nothing)
    expect(readOf('[client]\nport=1\n')).toEqual(nothing)
    expect(readOf('[client]\n[mysqld-8.0]\n', '5.7')).toEqual([
      'my.cnf:2:1: the file has no group that the server reads: `[mysqld-8.0]` is for a release other than 5.7',
    ])
  })
})
