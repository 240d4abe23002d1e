import { describe, expect, it } from 'vitest'
import { made } from './importing.ts'

const regionOf = (text: string, release?: string) =>
  made(text, release).scenario.regions?.['shared-memory']
const path = 'regions.shared-memory.size'

describe('the shared memory of a release', () => {
  // A public configuration of 9.2, a release that asks shmget() for all of it.
  const old =
    'max_connections = 250\nshared_buffers = 12GB\ncheckpoint_segments = 64\nwork_mem = 8MB\n'

  it('is one SysV segment on base pages before 9.3', () => {
    for (const release of ['8.4', '9.0', '9.1', '9.2']) {
      const { backing, pageSize, fallback } = regionOf(old, release) ?? {}
      expect([backing, pageSize, fallback]).toEqual(['sysv-shm', '4 KiB', undefined])
    }
    const { assumed, opening } = made(old, '9.2')
    expect(assumed['regions.shared-memory.backing']).toBe(
      'PostgreSQL 9.2 has one SysV segment; no parameter changes that',
    )
    expect(assumed['regions.shared-memory.pageSize']).toBe(
      'PostgreSQL 9.2 cannot use huge pages, which need 9.4 or later: upgrade first',
    )
    expect(opening).toContain(
      'Huge pages need PostgreSQL 9.4 or later: upgrade, then import the new configuration.',
    )
  })

  it('is mapped on base pages in 9.3, and tries huge pages since 9.4', () => {
    const [before, since] = [regionOf(old, '9.3'), regionOf(old, '9.4')]
    expect(before).toMatchObject({ backing: 'anonymous-shared', pageSize: '4 KiB' })
    expect(before).not.toHaveProperty('fallback')
    expect(since).toMatchObject({
      backing: 'anonymous-shared',
      pageSize: '2 MiB',
      fallback: 'base-pages',
    })
  })

  it('belongs to PostgreSQL, and to its release where that is known', () => {
    expect(regionOf('', '9.6.24')).toMatchObject({ program: 'postgresql', programRelease: '9.6' })
    expect(regionOf('', '18.1')).toMatchObject({ program: 'postgresql', programRelease: '18' })
    expect(regionOf('')).toMatchObject({ program: 'postgresql' })
    expect(regionOf('')).not.toHaveProperty('programRelease')
  })
})

describe('a pool that is too small', () => {
  it('leaves all of the memory on base pages with try, and stops the start with on', () => {
    expect(regionOf('huge_pages = try\n', '16')).toMatchObject({ fallback: 'base-pages' })
    expect(regionOf('huge_pages = on\n', '16')).toMatchObject({ fallback: 'fail' })
    expect(regionOf('huge_pages = off\n', '16')).not.toHaveProperty('fallback')
    expect(regionOf('huge_pages = off\n', '16')).not.toHaveProperty('pageSize')
  })

  it('is one of the pages that a server with on asks for', () => {
    // 149,520,384 bytes (test/oracle/postgresql): 71.3 pages.
    const { scenario } = made('huge_pages = on\n', '15')
    expect(scenario.host.hugepages).toEqual({ '2 MiB': 72 })
    expect(regionOf('huge_pages = on\n', '15')?.size).toBe('144 MiB')
  })
})

describe('the size of the shared memory', () => {
  const sizeOf = (text: string, release: string) =>
    regionOf(`huge_pages = off\n${text}`, release)?.size

  it('is not assumed where a server of that release asks for just so much', () => {
    for (const release of ['15', '16', '17', '18']) {
      const { assumed } = made(
        "shared_preload_libraries = 'pg_stat_statements,auto_explain'\n",
        release,
      )
      expect(assumed, release).not.toHaveProperty([path])
    }
    // What Debian's server 15.18 asked for with nothing set: 149,520,384 bytes.
    expect(sizeOf('', '15')).toBe(`${149_520_384 / 1024} KiB`)
    // The worked number of docs/model/import.md.
    expect(sizeOf('', '18')).toBe(`${157_040_640 / 1024} KiB`)
  })

  it('is assumed, with a margin, where libraries are not known', () => {
    const plain = Number.parseInt(sizeOf('', '18') ?? '', 10)
    const library = "shared_preload_libraries = 'foo'\n"
    expect(Number.parseInt(sizeOf(library, '18') ?? '', 10)).toBe(plain + 16 * 1024)
    expect(made(library, '18').assumed[path]).toMatch(
      /; memory of foo is unknown, so a margin of 16.0 MiB is included$/,
    )
  })

  it('has a margin for each of many, and names the first of them', () => {
    const many = Array.from({ length: 500 }, (_, index) => `lib${index}`).join(',')
    const { assumed, opening } = made(`shared_preload_libraries = '${many}'\n`, '18')
    expect(assumed[path]).toMatch(
      /, lib19, 480 more is unknown, so a margin of 7[.]8 GiB is included$/,
    )
    expect(opening.join('\n')).toMatch(/background workers of lib0, .*, lib19, 480 more[.]/)
  })

  it('is assumed with as much again where libraries differ from version to version', () => {
    const library = "shared_preload_libraries = 'pg_stat_statements,pg_stat_kcache'\n"
    expect(made(library, '15').assumed[path]).toMatch(
      /; memory of pg_stat_kcache differs from version to version, so a margin of 1[.]3 MiB is included$/,
    )
  })

  it('is assumed, with a margin, where the structures of the release are not known', () => {
    for (const release of ['8.4', '9.6', '19', '20']) {
      expect(made('', release).assumed[path], release).toMatch(
        new RegExp(`; structures of PostgreSQL ${release} were not measured, so a margin of `),
      )
    }
  })

  it('is assumed, as it is computed, where nobody says the release', () => {
    expect(made('').assumed[path]).toMatch(/; the release is unknown$/)
    expect(regionOf('')?.size).toBe(regionOf('', '18')?.size)
  })

  it('is assumed where the kernel decides what io_uring takes', () => {
    expect(made('io_method = io_uring\n', '18').assumed[path]).toMatch(
      /; the kernel decides whether io_uring rings are part of it, so a margin of /,
    )
  })

  it('counts twice the locks in 19', () => {
    const without = Number.parseInt(sizeOf('max_locks_per_transaction = 64\n', '19') ?? '', 10)
    expect(Number.parseInt(sizeOf('', '19') ?? '', 10)).toBeGreaterThan(without + 3 * 1024)
  })
})

/** Where the shared memory is, and why. */
function placedIn(text: string) {
  const { scenario } = made(text, '18')
  const { size, pageSize, fallback } = scenario.regions?.['shared-memory'] ?? {}
  return { size, pageSize, fallback, assumed: scenario.assumed?.['regions.shared-memory.pageSize'] }
}

// A server 18.4 started with each of them, its mapping not rounded up to a huge page.
describe('huge pages that are tried', () => {
  const plain = placedIn('huge_pages = off\n').size

  it('are base pages where the machine has none of the size', () => {
    for (const size of ['16MB', '1kB', '3MB']) {
      const { assumed, ...region } = placedIn(`huge_page_size = ${size}\n`)
      expect(region).toEqual({ size: plain, pageSize: '4 KiB', fallback: undefined })
      expect(assumed).toBe(
        `huge_page_size = ${size} (pg.conf:1), and x86-64 has no such pages: with huge_pages = try (PostgreSQL's default) the server falls back to base pages`,
      )
    }
    expect(placedIn('huge_page_size = 1GB\n').pageSize).toBe('1 GiB')
    expect(placedIn('huge_page_size = 2MB\n').fallback).toBe('base-pages')
  })

  it('are base pages in SysV memory', () => {
    const { pageSize, size, assumed } = placedIn('shared_memory_type = sysv\nhuge_pages = try\n')
    expect([pageSize, size]).toEqual(['4 KiB', plain])
    expect(assumed).toBe(
      'SysV memory of PostgreSQL is not on huge pages: with huge_pages = try (pg.conf:2) the server falls back to base pages',
    )
  })

  it('stay what was asked for where they are a must', () => {
    const { pageSize, fallback } = placedIn('huge_pages = on\nhuge_page_size = 16MB\n')
    expect([pageSize, fallback]).toEqual(['16 MiB', 'fail'])
  })
})
