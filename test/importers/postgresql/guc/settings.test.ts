import { describe, expect, it } from 'vitest'
import { knownNames } from '../../../../src/importers/postgresql/guc/parameter-names.ts'
import { parameterNames } from '../../../../src/importers/postgresql/guc/parameters.ts'
import { importPostgresql } from '../../../../src/importers/postgresql/import-postgresql.ts'
import { libraryOf, partsOf, placesOf } from '../../folders.ts'

const importing = (text: string, options: { release?: string; connections?: number } = {}) =>
  importPostgresql('pg.conf', libraryOf({ 'pg.conf': text }), { memory: '64 GB', ...options })

describe('a name that PostgreSQL does not have', () => {
  it('is an error, with the one that was meant where one is near', () => {
    expect(
      placesOf(
        importing(
          'foo = bar\n  Connections 500\nshared_bufers = 8GB\nefective_cache_size = 1GB\nplpgsql.extra = on\n',
        ),
      ),
    ).toEqual([
      'pg.conf:1:1: PostgreSQL has no parameter `foo`',
      'pg.conf:2:3: PostgreSQL has no parameter `Connections`',
      'pg.conf:3:1: PostgreSQL has no parameter `shared_bufers` (did you mean `shared_buffers`?)',
      'pg.conf:4:1: PostgreSQL has no parameter `efective_cache_size` (did you mean `effective_cache_size`?)',
    ])
  })

  it('is left to a release that is newer than all that are known, and said to be', () => {
    const imported = importing('io_best_workers = 8\nmax_conections = 3\n', { release: '20' })
    expect(placesOf(imported)).toEqual([])
    expect(imported.ok && imported.annotated.headerComment).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Ignored, because PostgreSQL 19 does not have it: io_best_workers/),
        'Ignored, because PostgreSQL 19 does not have it: max_conections (pg.conf:2); perhaps max_connections was meant.',
      ]),
    )
  })

  it('is left to servers made from PostgreSQL where it may be of one, and said to be', () => {
    const imported = importing(
      "edb_redwood_date = on\nDB_Dialect = 'redwood'\ndbms_jobs=1\ngp_vmem_protect_limit = 8192\npolar_vfs = 1\nyb_debug = 1\noptimizer_mode = CHOOSE\n",
      { release: '16' },
    )
    expect(placesOf(imported)).toEqual([])
    const { opening, scenario } = imported.ok
      ? partsOf(imported.annotated)
      : { opening: [], scenario: undefined }
    expect(opening).toContain(
      'Ignored settings of a server derived from PostgreSQL: edb_redwood_date (pg.conf:1), DB_Dialect (pg.conf:2), dbms_jobs (pg.conf:3), gp_vmem_protect_limit (pg.conf:4), polar_vfs (pg.conf:5), yb_debug (pg.conf:6), optimizer_mode (pg.conf:7). The rules of PostgreSQL 16 are used instead, so the shared memory is an estimate.',
    )
    expect(scenario?.assumed?.['regions.shared-memory.size']).toMatch(
      /^estimated as PostgreSQL 16 /,
    )
    expect(placesOf(importing('edb = 1\ngpx_a = 2\nedb_redwood_date = on\n'))).toEqual([
      'pg.conf:1:1: PostgreSQL has no parameter `edb`',
      'pg.conf:2:1: PostgreSQL has no parameter `gpx_a`',
    ])
  })

  it('is none of those that some release has had', () => {
    const text = ['DateStyle', 'wal_keep_segments', 'io_combine_limit', 'sort_mem', 'TimeZone']
    expect(placesOf(importing(text.map((name) => `${name} = 64\n`).join('')))).toEqual([])
    expect(knownNames.size).toBeGreaterThan(400)
    for (const name of parameterNames) expect(knownNames.has(name), name).toBe(true)
  })
})

describe('the size of the shared memory', () => {
  const saidOf = (connections: number) => {
    const imported = importing('max_connections = 20\n', { connections })
    return imported.ok ? imported.annotated.complete().assumed?.['regions.shared-memory.size'] : ''
  }

  it('is said to come from --connections where these are more than the files allow', () => {
    expect(saidOf(500)).toMatch(
      /, --connections 500 \(the files say max_connections = 20 \(pg.conf:1\)\) and the other settings; the release is unknown$/,
    )
  })

  it('is said to come from the files where they allow as many', () => {
    expect(saidOf(20)).toMatch(
      /, max_connections = 20 \(pg.conf:1\) and the other settings; the release is unknown$/,
    )
    expect(saidOf(5)).toMatch(
      /, max_connections = 20 \(pg.conf:1\) and the other settings; the release is unknown$/,
    )
  })
})

// What a server 18.4 said to each of them.
describe('a word', () => {
  const wrongIn = (line: string) => placesOf(importing(`${line}\n`))

  it('of an enum is a whole one, in any case', () => {
    for (const value of ['on', 'OFF', 'try', 'true', 'yes', 'no', '1', '0', "'false'"]) {
      expect(wrongIn(`huge_pages = ${value}`), value).toEqual([])
    }
    const no = (value: string, meant?: string) =>
      `pg.conf:1:14: \`${value}\` is not a value of \`huge_pages\`${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`
    expect(wrongIn('huge_pages = of')).toEqual([no('of', 'off')])
    expect(wrongIn('huge_pages = t')).toEqual([no('t')])
    expect(wrongIn('huge_pages = tru')).toEqual([no('tru', 'true')])
    expect(wrongIn('huge_pages = y')).toEqual([no('y', 'yes')])
    expect(wrongIn("huge_pages = ' on'")).toEqual([no(' on', 'on')])
    expect(wrongIn('archive_mode = y')).toHaveLength(1)
    expect(wrongIn('archive_mode = yes')).toEqual([])
    expect(wrongIn('shared_memory_type = mm')).toEqual([
      'pg.conf:1:22: `mm` is not a value of `shared_memory_type` (did you mean `mmap`?)',
    ])
    expect(wrongIn('shared_memory_type = on')).toHaveLength(1)
  })

  it('of a boolean is one that nothing else begins like', () => {
    for (const value of ['of', 't', 'tru', 'Y', '1', 'on']) {
      expect(wrongIn(`hot_standby = ${value}`), value).toEqual([])
    }
    expect(wrongIn('hot_standby = o')).toHaveLength(1)
    expect(wrongIn("hot_standby = ' on'")).toHaveLength(1)
  })
})
