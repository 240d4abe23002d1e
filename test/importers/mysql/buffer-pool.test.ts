import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

const importing = (lines: string, release?: string) =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), {
    memory: '128 GB',
    ...(release === undefined ? {} : { release }),
  })

/** The size of the pool, and what is said on it. */
function poolOf(options: string, release?: string) {
  const imported = importing(options.replaceAll(' ', '\n'), release)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const { scenario, notes, opening } = partsOf(imported.annotated)
  const note = notes.find(({ path }) => path.join('.') === 'regions.buffer-pool.size')?.text
  const assumed = scenario.assumed?.['regions.buffer-pool.size']
  return { size: scenario.regions?.['buffer-pool']?.size, note, assumed, opening }
}
const sizeOf = (options: string, release?: string) => poolOf(options, release).size

const nine = 'innodb_buffer_pool_size=9G innodb_buffer_pool_instances=16'

describe('the buffer pool', () => {
  it('is a multiple of chunk size and instances', () => {
    expect(sizeOf('innodb_buffer_pool_size=8G innodb_buffer_pool_instances=16')).toBe('8 GiB')
    expect(sizeOf(nine)).toBe('10 GiB')
    expect(sizeOf('innodb_buffer_pool_size=1G')).toBe('1 GiB')
    expect(sizeOf('innodb_buffer_pool_size=100M innodb_buffer_pool_instances=8')).toBe('100 MiB')
  })

  it('is what servers of MySQL 9.7.4 made of it', () => {
    const made = [
      [nine, '10 GiB'],
      ['innodb_buffer_pool_size=9G innodb_buffer_pool_instances=100', '16 GiB'],
      ['innodb_buffer_pool_size=5000M innodb_buffer_pool_instances=8', '5 GiB'],
      ['innodb_buffer_pool_size=1000M innodb_buffer_pool_instances=8', '1 GiB'],
      [
        'innodb_buffer_pool_size=5000M innodb_buffer_pool_instances=8 innodb_buffer_pool_chunk_size=1G',
        '5000 MiB',
      ],
      [
        'innodb_buffer_pool_size=5123456789 innodb_buffer_pool_instances=8 innodb_buffer_pool_chunk_size=512K',
        '4888 MiB',
      ],
      ['innodb_buffer_pool_size=2M', '5 MiB'],
      ['innodb_buffer_pool_size=130M', '256 MiB'],
    ] as const
    for (const [options, size] of made) expect(sizeOf(options, '9.7.4'), options).toBe(size)
  })

  it('is what servers of MariaDB 10.5.23 made of it, which have one instance', () => {
    const made = [
      [nine, '9 GiB'],
      ['innodb_buffer_pool_size=5000M', '5 GiB'],
      ['innodb_buffer_pool_size=5000M innodb_buffer_pool_chunk_size=256M', '5 GiB'],
      ['innodb_buffer_pool_size=130M', '256 MiB'],
      ['innodb_buffer_pool_size=5123456789', '4992 MiB'],
      ['innodb_buffer_pool_size=100M innodb_buffer_pool_chunk_size=30M', '120 MiB'],
      ['innodb_buffer_pool_size=100M innodb_buffer_pool_chunk_size=0', '100 MiB'],
    ] as const
    for (const [options, size] of made) expect(sizeOf(options, '10.5.23'), options).toBe(size)
  })

  it('is what servers of MariaDB 10.11.19 and 11.8.6 made of it, which have no chunks', () => {
    const made = [
      [nine, '9 GiB'],
      ['innodb_buffer_pool_size=5000M', '5000 MiB'],
      ['innodb_buffer_pool_size=5001M innodb_buffer_pool_chunk_size=256M', '5001 MiB'],
      ['innodb_buffer_pool_size=5123456789', '4886 MiB'],
      ['innodb_buffer_pool_size=9999999', '9 MiB'],
    ] as const
    for (const release of ['10.11.19', '10.11', '11.8.6', '11.4', '12.1']) {
      for (const [options, size] of made) expect(sizeOf(options, release), release).toBe(size)
    }
  })

  it('has chunks of a 64th of it in MariaDB from 10.8 on', () => {
    for (const release of ['10.8', '10.11.11', '11.2', '11.4.5', '11.7']) {
      expect(sizeOf('innodb_buffer_pool_size=5000M', release), release).toBe('5000 MiB')
      expect(
        sizeOf('innodb_buffer_pool_size=5000M innodb_buffer_pool_chunk_size=128M', release),
      ).toBe('5 GiB')
    }
    expect(sizeOf('innodb_buffer_pool_size=5000M', '10.7')).toBe('5 GiB')
    const large = poolOf('innodb_buffer_pool_size=5000M large_pages', '10.8')
    // 78 MiB is the largest multiple of 2 MiB in a 64th of 5000 MiB; 65 of these hold it.
    expect(large.size).toBe('5070 MiB')
    expect(large.note).toBeUndefined()
    expect(large.assumed).toMatch(/rounded up to a multiple of 78[.]0 MiB, .* estimated: /)
  })

  it('has no chunks before MySQL 5.7 and MariaDB 10.2', () => {
    for (const release of ['5.5', '5.6', '10.1']) expect(sizeOf(nine, release)).toBe('9 GiB')
    for (const release of ['5.7', '8.0', '10.2', '10.4']) {
      expect(sizeOf(nine, release), release).toBe('10 GiB')
    }
  })

  it('says why it is larger than what was written', () => {
    expect(poolOf(nine).note).toBe(
      'innodb_buffer_pool_size = 9G (my.cnf:2), rounded up to a multiple of 2.0 GiB, chunks of 128.0 MiB for each of 16 instances (my.cnf:3)',
    )
    expect(poolOf('innodb_buffer_pool_size=8G').note).toBe(
      'innodb_buffer_pool_size = 8G (my.cnf:2)',
    )
    expect(poolOf('innodb_buffer_pool_size=5000M', '10.6').note).toBe(
      'innodb_buffer_pool_size = 5000M (my.cnf:2), rounded up to a multiple of 128.0 MiB, chunks of 128.0 MiB of one instance',
    )
  })

  it('is that of MySQL 8.0 where nobody says the release, which is said', () => {
    const said = 'Server release not found; assuming MySQL 8.0 (override with --release).'
    expect(poolOf(nine).opening).toContain(said)
    expect(poolOf(nine, '8.0').opening).not.toContain(said)
  })

  it('is an estimate where instances come from the processors: MySQL since 8.4', () => {
    const { size, note, assumed } = poolOf('innodb_buffer_pool_size=9500M', '8.4')
    expect([size, note]).toEqual(['10 GiB', undefined])
    expect(assumed).toContain('since MySQL 8.4 instances are at most a quarter of the CPUs, and 8')
    expect(poolOf('innodb_buffer_pool_size=9500M', '8.0').assumed).toBeUndefined()
    expect(poolOf('innodb_buffer_pool_size=8G', '8.4').assumed).toBeUndefined()
  })
})

describe('a value that is out of range', () => {
  const threadsOf = (lines: string, release?: string) => {
    const imported = importing(lines, release)
    return imported.ok ? imported.annotated.complete().groups['mysqld']?.threads : undefined
  }

  it('is what the server makes of it, which is said', () => {
    expect(threadsOf('max_connections=150000\n')).toBe(100_000)
    expect(threadsOf('max_connections=0\n')).toBe(1)
    expect(threadsOf('max_connections=1\n', '10.11')).toBe(10)
    const { size, note, opening } = poolOf(
      'innodb_buffer_pool_size=64G innodb_buffer_pool_instances=100 max_connections=150000 sort_buffer_size=1 innodb_log_buffer_size=16G',
    )
    expect([size, note]).toEqual(['64 GiB', 'innodb_buffer_pool_size = 64G (my.cnf:2)'])
    expect(opening).toContain(
      'Out of range, and adjusted by the server with a warning: innodb_buffer_pool_instances = 100 (my.cnf:3) to 64, max_connections = 150000 (my.cnf:4) to 100000, innodb_log_buffer_size = 16G (my.cnf:6) to 4194303 KiB, sort_buffer_size = 1 (my.cnf:5) to 32 KiB.',
    )
    expect(poolOf('innodb_buffer_pool_size=2M').note).toBe(
      'innodb_buffer_pool_size = 2M (my.cnf:2), adjusted by the server',
    )
  })
})
