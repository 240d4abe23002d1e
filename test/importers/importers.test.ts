import { describe, expect, it } from 'vitest'
import { guessDatabase } from '../../src/importers/importers.ts'

describe('the database of a file without a telling name', () => {
  it('is MySQL where a group of a server is there, those of MariaDB alone included', () => {
    for (const group of [
      'mysqld',
      'mysqld1',
      'mariadb-10.6',
      'server',
      'client-server',
      'galera',
    ]) {
      expect(guessDatabase('conf', `[${group}]\nmax_connections=5\n`), group).toBe('mysql')
    }
    expect(guessDatabase('conf', 'max_connections=5\n')).toBe('postgresql')
    expect(guessDatabase('conf', '[client]\nport=1\n')).toBeUndefined()
  })
})
