import { describe, expect, it } from 'vitest'
import { importPostgresql } from '../../../src/importers/postgresql/import-postgresql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

const importing = (text: string, release?: string) =>
  importPostgresql('pg.conf', libraryOf({ 'pg.conf': text }), {
    memory: '64 GB',
    ...(release === undefined ? {} : { release }),
  })

/** Where the shared memory is, and why. */
function regionOf(text: string) {
  const imported = importing(text, '18')
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const { scenario } = partsOf(imported.annotated)
  const { size, pageSize, fallback } = scenario.regions?.['shared-memory'] ?? {}
  return { size, pageSize, fallback, assumed: scenario.assumed?.['regions.shared-memory.pageSize'] }
}

// What a server 18.4 said to each of them.
describe('a word', () => {
  const wrongIn = (line: string) => placesOf(importing(`${line}\n`))

  it('of an enum is a whole one, in any case', () => {
    for (const value of ['on', 'OFF', 'try', 'true', 'yes', 'no', '1', '0', "'false'"]) {
      expect(wrongIn(`huge_pages = ${value}`), value).toEqual([])
    }
    const no = (value: string, meant?: string) =>
      `pg.conf:1:14: \`${value}\` is no value of \`huge_pages\`${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`
    expect(wrongIn('huge_pages = of')).toEqual([no('of', 'off')])
    expect(wrongIn('huge_pages = t')).toEqual([no('t')])
    expect(wrongIn('huge_pages = tru')).toEqual([no('tru', 'true')])
    expect(wrongIn('huge_pages = y')).toEqual([no('y', 'yes')])
    expect(wrongIn("huge_pages = ' on'")).toEqual([no(' on', 'on')])
    expect(wrongIn('archive_mode = y')).toHaveLength(1)
    expect(wrongIn('archive_mode = yes')).toEqual([])
    expect(wrongIn('shared_memory_type = mm')).toEqual([
      'pg.conf:1:22: `mm` is no value of `shared_memory_type` (did you mean `mmap`?)',
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

// A server 18.4 started with each of them, its mapping not rounded up to a huge page.
describe('huge pages that are tried', () => {
  const plain = regionOf('huge_pages = off\n').size

  it('are base pages where the machine has none of the size', () => {
    for (const size of ['16MB', '1kB', '3MB']) {
      const { assumed, ...region } = regionOf(`huge_page_size = ${size}\n`)
      expect(region).toEqual({ size: plain, pageSize: '4 KiB', fallback: undefined })
      expect(assumed).toBe(
        `huge_page_size = ${size} (pg.conf:1), and x86-64 has no such pages: with huge_pages = try (PostgreSQL's default) the server goes on with base pages`,
      )
    }
    expect(regionOf('huge_page_size = 1GB\n').pageSize).toBe('1 GiB')
    expect(regionOf('huge_page_size = 2MB\n').fallback).toBe('base-pages')
  })

  it('are base pages in SysV memory', () => {
    const { pageSize, size, assumed } = regionOf('shared_memory_type = sysv\nhuge_pages = try\n')
    expect([pageSize, size]).toEqual(['4 KiB', plain])
    expect(assumed).toBe(
      'SysV memory of PostgreSQL is not on huge pages: with huge_pages = try (pg.conf:2) the server goes on with base pages',
    )
    expect(placesOf(importing('shared_memory_type = sysv\nhuge_pages = on\n'))).toEqual([
      'pg.conf:2:14: `huge_pages = on` with `shared_memory_type = sysv`',
    ])
  })

  it('stay what was asked for where they are a must', () => {
    const { pageSize, fallback } = regionOf('huge_pages = on\nhuge_page_size = 16MB\n')
    expect([pageSize, fallback]).toEqual(['16 MiB', 'fail'])
  })
})

describe('a release up to 9', () => {
  const nameOf = (release: string) => {
    const imported = importing('port = 1\n', release)
    return imported.ok
      ? [imported.annotated.complete().name, imported.annotated.headerComment[1]]
      : []
  }

  it('has two numbers', () => {
    expect(nameOf('9.6')).toEqual(['PostgreSQL 9.6', 'PostgreSQL 9.6: --release.'])
    expect(nameOf('9.6.24')[0]).toBe('PostgreSQL 9.6')
    expect(nameOf('9')[0]).toBe('PostgreSQL 9')
    expect(nameOf('16.3')[0]).toBe('PostgreSQL 16')
  })

  it('is read from PG_VERSION and from paths', () => {
    const path = '/etc/postgresql/9.6/main/postgresql.conf'
    const made = importPostgresql(path, libraryOf({ [path]: '' }), { memory: '64 GB' })
    expect(made.ok && made.annotated.complete().name).toBe('PostgreSQL 9.6')
    const files = { 'd/postgresql.conf': '', 'd/PG_VERSION': '9.5\n' }
    const other = importPostgresql('d/postgresql.conf', libraryOf(files), { memory: '64 GB' })
    expect(other.ok && other.annotated.complete().name).toBe('PostgreSQL 9.5')
  })
})
