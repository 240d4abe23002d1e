import { describe, expect, it } from 'vitest'
import { importPostgresql } from '../../../src/importers/postgresql/import-postgresql.ts'
import { libraryOf, placesOf } from '../folders.ts'
import { made } from './importing.ts'

const wrongIn = (text: string, release?: string) =>
  placesOf(
    importPostgresql('pg.conf', libraryOf({ 'pg.conf': text }), {
      memory: '64 GB',
      ...(release === undefined ? {} : { release }),
    }),
  )

describe('a parameter of another release', () => {
  it('keeps the server from starting', () => {
    expect(wrongIn('huge_pages = try\nHUGE_PAGES = on\n', '9.3')).toEqual([
      'pg.conf:2:1: PostgreSQL 9.3 has no parameter `HUGE_PAGES`',
    ])
    expect(wrongIn('max_worker_processes = 8\n', '9.2')).toHaveLength(1)
    expect(wrongIn('io_workers = 3\n', '19.1')).toEqual([
      'pg.conf:1:1: PostgreSQL 19 has no parameter `io_workers` (write io_min_workers and io_max_workers)',
    ])
    expect(wrongIn('io_max_workers = 3\n', '18')).toHaveLength(1)
    expect(wrongIn('io_workers = 3\n', '18')).toEqual([])
  })

  it('is left alone where nobody says the release', () => {
    expect(wrongIn('io_workers = 3\nio_max_workers = 8\nhuge_pages = on\n')).toEqual([])
  })
})

describe('settings that ask for more memory than can be counted', () => {
  it('are wrong where the locks of each transaction are', () => {
    const text = 'max_connections = 262143\nmax_locks_per_transaction = 2147483647\n'
    expect(wrongIn(text)).toEqual([
      'pg.conf:2:29: these settings ask for more than 8 PiB of shared memory',
    ])
  })
})

describe('PostgreSQL 19', () => {
  it('has names of its own, and misspelt ones are errors', () => {
    const text =
      'io_min_workers = 2\nio_worker_idle_timeout = 1min\nssl_sni = on\nmax_repack_replication_slots = 5\nautovacuum_vacuum_score_weight = 1.5\n'
    expect(made(text, '19').opening[1]).toBe('PostgreSQL 19: --release.')
    expect(wrongIn('io_max_worker = 8\n', '19')).toEqual([
      'pg.conf:1:1: PostgreSQL has no parameter `io_max_worker` (did you mean `io_max_workers`?)',
    ])
  })
})

it('huge pages that are a must do not go with SysV memory', () => {
  expect(
    placesOf(
      importPostgresql(
        'pg.conf',
        libraryOf({ 'pg.conf': 'shared_memory_type = sysv\nhuge_pages = on\n' }),
        { memory: '64 GB' },
      ),
    ),
  ).toEqual(['pg.conf:2:14: `huge_pages = on` with `shared_memory_type = sysv`'])
})
