import { describe, expect, it } from 'vitest'
import { chooseGroups, groupOf } from '../../../src/importers/mysql/groups.ts'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { isSince, serversOf } from '../../../src/importers/mysql/servers.ts'
import { libraryOf } from '../folders.ts'

const nameOf = (release: string) => {
  const { isMysqlPossible, isMariaPossible } = serversOf(release)
  if (isMysqlPossible && isMariaPossible) return 'both'
  return isMysqlPossible ? 'MySQL' : 'MariaDB'
}

describe('the server of a release', () => {
  it('is MySQL up to 9 and from 26 on, and MariaDB between', () => {
    for (const release of ['5.6', '8.0.36', '9.7', '26.7', '26.10.0', '27.1']) {
      expect(nameOf(release), release).toBe('MySQL')
    }
    for (const release of ['10.0', '11.8', '12.3.2', '13.0', '23.8']) {
      expect(nameOf(release), release).toBe('MariaDB')
    }
    expect(nameOf('5.5')).toBe('both')
  })

  it('counts on from 9.7 to 26.7', () => {
    expect(isSince('26.7.0', '8.4')).toBe(true)
    expect(isSince('26.7', '26.10')).toBe(false)
  })

  it('reads groups of its own series', () => {
    const spot = { source: { file: 'my.cnf', text: '' }, offset: 0 }
    const named = ['mysqld-8.0', 'mysqld-26.7', 'mariadb', 'galera'].flatMap(
      (name) => groupOf(name, spot) ?? [],
    )
    const readBy = (release: string) =>
      named.filter(chooseGroups(named, release).isRead).map(({ name }) => name)
    expect(readBy('26.7.0')).toEqual(['mysqld-26.7'])
    expect(readBy('8.0.36')).toEqual(['mysqld-8.0'])
    const [own] = named.slice(1, 2)
    expect(own === undefined ? [] : chooseGroups([own], undefined).remarks).toEqual([
      'Groups of 26.7 are read, the only series named (override with --release).',
    ])
  })
})

describe('what a release has when nothing is set', () => {
  const reasonOf = (release: string) => {
    const library = libraryOf({ 'my.cnf': '[mysqld]\n' })
    const imported = importMysql('my.cnf', library, { memory: '8 GB', release })
    return imported.ok
      ? imported.annotated.complete().assumed?.['groups.mysqld.private']
      : undefined
  }

  it('is a performance schema in MySQL since 5.6.6', () => {
    for (const release of ['5.5', '5.6.5', '10.11', '23.8']) {
      expect(reasonOf(release), release).toContain('without the performance schema')
    }
    for (const release of ['5.6', '5.6.6', '8.0', '26.7']) {
      expect(reasonOf(release), release).toContain('240.0 MiB of it for the performance schema')
    }
  })

  it('are buffers of the size that it had then', () => {
    // 2 MiB of sort, 128 of join, 128 of read and 256 KiB of read_rnd in 5.5; 256 KiB of sort in 5.6.4.
    expect(reasonOf('5.5')).toContain('and 2.5 MiB of sort')
    expect(reasonOf('5.6.4')).toContain('and 768.0 KiB of sort')
    expect(reasonOf('5.6')).toContain('and 896.0 KiB of sort')
  })
})
