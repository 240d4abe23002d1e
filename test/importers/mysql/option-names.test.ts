import { describe, expect, it } from 'vitest'
import { isKnown, isUsed, nearTo, wholeOf } from '../../../src/importers/mysql/option-names.ts'
import { serversOf } from '../../../src/importers/mysql/servers.ts'

describe('the name of an option', () => {
  it('is known where a server has it, and used where the import reads it', () => {
    expect([isUsed('max_connections'), isKnown('max_connections')]).toEqual([true, true])
    expect([isUsed('max_user_connections'), isKnown('max_user_connections')]).toEqual([false, true])
    expect(isKnown('max_conections')).toBe(false)
  })

  it('may be cut short for MariaDB and MySQL up to 5.6, as long as one name alone begins so', () => {
    expect(wholeOf('max_conn', serversOf('10.11'))).toBeUndefined()
    expect(wholeOf('max_connections', serversOf('8.0'))).toBeUndefined()
    expect(wholeOf('sort_b', serversOf('10.11'))).toBe('sort_buffer_size')
    expect(wholeOf('sort_b', serversOf('5.6'))).toBe('sort_buffer_size')
    expect(wholeOf('sort_b', serversOf('5.7'))).toBeUndefined()
    expect(wholeOf('aria_pagecache_b', serversOf('5.6'))).toBeUndefined()
  })

  it('that is misspelt is near to one that is used', () => {
    expect(nearTo('max_conections')).toBe('max_connections')
    expect(nearTo('skip_large_page')).toBe('skip_large_pages')
    expect(nearTo('maximum_sort_bufer_size')).toBe('maximum_sort_buffer_size')
  })

  it('is near to none where a server has it, or a session limit is set with it', () => {
    for (const name of [
      'max_user_connections',
      'maximum_sort_buffer_size',
      'port',
      'skip_networking',
    ]) {
      expect(nearTo(name), name).toBeUndefined()
    }
  })
})
