import { formatBytes } from '../../units/format.ts'
import type { Pool } from './buffer-pool.ts'
import { cacheBytes } from './cache-blocks.ts'
import type { NumberName } from './option-names.ts'
import { isInOnePiece } from './pool-rule.ts'
import { isSince } from './servers.ts'
import type { Settings } from './settings.ts'

export const hugePage: number = 2 ** 21

/** Memory that the server maps when it starts, besides its buffer pool: on huge pages with large_pages. */
export interface Buffer {
  readonly name: 'key-cache' | 'aria-cache' | 'buffer-pool-blocks' | 'log-buffers'
  /** Each is mapped by itself, and is on huge pages or on base pages as a whole. */
  readonly objects: number
  readonly each: number
  /** The option that decides; absent: that of the buffer pool. */
  readonly option?: NumberName
  readonly text: string
  /** It is asked for before the buffer pool. */
  readonly isBefore: boolean
  /** It is not asked for where the buffer pool did not get its huge pages. */
  readonly isAfter?: true
}

/**
 * In the order in which servers ask: my_large_malloc() in init_simple_key_cache() of
 * mysys/mf_keycache.c, init_pagecache() of storage/maria/ma_pagecache.c, buf_pool_t::create() and
 * log_t::create(). A server 10.11.19 has reserved what this says, page by page. What is smaller than a
 * huge page is never put on one: my_next_large_page_size() of mysys/my_largepage.c.
 */
export function buffersOf(settings: Settings, pool: Pool): readonly Buffer[] {
  return [
    ...keyCacheOf(settings),
    ...ariaCacheOf(settings),
    ...poolBlocksOf(settings, pool),
    ...logBuffersOf(settings),
  ].filter(({ each }) => each >= hugePage)
}

/** MySQL 8.0 left the key cache to malloc(): init_key_cache() of mysys/mf_keycache.cc. */
function keyCacheOf({ numberOf, servers }: Settings): readonly Buffer[] {
  const { isMysqlPossible, release = '8.0' } = servers
  if (isMysqlPossible && isSince(release, '8.0')) return []
  const each = cacheBytes(numberOf('key_buffer_size'), isMysqlPossible ? 'myisam' : 'myisam-maria')
  const text = 'in blocks of 1 KiB, without their bookkeeping'
  return [{ name: 'key-cache', objects: 1, each, option: 'key_buffer_size', text, isBefore: true }]
}

function ariaCacheOf({ numberOf, servers }: Settings): readonly Buffer[] {
  if (servers.isMysqlPossible) return []
  const option = 'aria_pagecache_buffer_size'
  const each = cacheBytes(numberOf(option), 'aria')
  const text = 'in blocks of 8 KiB, without their bookkeeping'
  return [{ name: 'aria-cache', objects: 1, each, option, text, isBefore: true }]
}

/**
 * The descriptors of its pages at the start of each chunk: buf_chunk_init() of storage/innobase/buf/buf0buf.cc.
 * For chunks of 128 MiB MySQL 5.7 asks for 137,428,992 bytes: 392 for each page. MariaDB since
 * MDEV-29445 has it within the pool.
 */
function poolBlocksOf({ servers }: Settings, { bytes, chunks }: Pool): readonly Buffer[] {
  if (isInOnePiece(servers)) return []
  const { isMysqlPossible, release = '8.0' } = servers
  const block = isMysqlPossible || !isSince(release, '10.5') ? 392 : 248
  const each = Math.ceil((Math.floor(bytes / chunks / page) * block) / page) * page
  const text = `estimated: ${block} B for each page of the pool, mapped with each of its ${chunks} chunks`
  return [{ name: 'buffer-pool-blocks', objects: chunks, each, text, isBefore: false }]
}

/** innodb_page_size unless it is set, which is not looked at. */
const page = 16 * 1024

/** MariaDB alone: one of twice the size from 10.2, two since 10.5 (ut_malloc_dontdump(), log_t::create()). */
function logBuffersOf({ numberOf, servers }: Settings): readonly Buffer[] {
  const { isMysqlPossible, release = '8.0' } = servers
  if (isMysqlPossible || !isSince(release, '10.2')) return []
  const size = numberOf('innodb_log_buffer_size')
  const [objects, each] = isSince(release, '10.5') ? [2, size] : [1, 2 * size]
  const text = objects === 2 ? `two of ${formatBytes(size)}` : 'twice the size in one piece'
  const option = 'innodb_log_buffer_size'
  // my_large_virtual_alloc() sets my_use_large_pages to false; pools in chunks come from my_large_malloc().
  const order = isInOnePiece(servers)
    ? ({ isBefore: false, isAfter: true } as const)
    : { isBefore: false }
  return [{ name: 'log-buffers', objects, each, option, text, ...order }]
}
