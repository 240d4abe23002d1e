import { describe, expect, it } from 'vitest'
import { defaultOf, rangeOf } from '../../../src/importers/mysql/ranges.ts'
import { serversOf } from '../../../src/importers/mysql/servers.ts'

const mib = 2 ** 20

describe('the range of an option', () => {
  it.each([
    // What servers 9.7.4, 10.5.23 and 10.11.19 went on with, given 1 and a number beyond any memory.
    ['max_connections', '9.7.4', 1, 100_000],
    ['max_connections', '10.5.23', 10, 100_000],
    ['innodb_buffer_pool_size', '9.7.4', 5 * mib, Number.POSITIVE_INFINITY],
    ['innodb_buffer_pool_size', '10.11.19', 2 * mib, Number.POSITIVE_INFINITY],
    ['innodb_log_buffer_size', '9.7.4', 256 * 1024, 2 ** 32 - 1024],
    ['innodb_log_buffer_size', '10.11.19', 2 * mib, 2 ** 31 - 4096],
    ['sort_buffer_size', '10.5.23', 1024, Number.POSITIVE_INFINITY],
  ] as const)('%s of %s', (name, release, least, most) => {
    expect(rangeOf(name, serversOf(release))).toMatchObject({ least, most })
  })

  it('is that of MySQL where it may be several servers', () => {
    expect(rangeOf('max_connections', serversOf(undefined)).least).toBe(1)
    expect(rangeOf('max_connections', serversOf('10.4')).least).toBe(1)
  })
})

describe('the default of an option', () => {
  it.each([
    // Reference Manuals 5.5 to 8.4, "Server System Variables"; servers 9.7.4 and 10.11.19.
    ['innodb_log_buffer_size', '5.7.5', 8 * mib],
    ['innodb_log_buffer_size', '5.7.6', 16 * mib],
    ['innodb_log_buffer_size', '8.0', 16 * mib],
    ['innodb_log_buffer_size', '8.4', 64 * mib],
    ['join_buffer_size', '5.6.5', 128 * 1024],
    ['join_buffer_size', '5.6.6', 256 * 1024],
    ['sort_buffer_size', '5.5', 2 * mib],
    ['sort_buffer_size', '10.11', 2 * mib],
    ['key_buffer_size', '8.0', 8 * mib],
    ['key_buffer_size', '10.11', 128 * mib],
  ] as const)('%s of %s', (name, release, value) => {
    expect(defaultOf(name, serversOf(release))).toBe(value)
  })
})
