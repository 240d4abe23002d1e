/** Caches that keep blocks of a fixed size, and something about each. */
export type CacheKind = 'myisam' | 'myisam-maria' | 'aria'

interface CacheRule {
  readonly block: number
  /** A block link and two hash links. */
  readonly about: number
  /** For files, whatever the number of blocks. */
  readonly fixed: number
}

/**
 * Sizes of structures on 64 bits: BLOCK_LINK 112 and HASH_LINK 48 bytes of mysys/mf_keycache.c, with two
 * lists of 512 changed files in MariaDB; 368 for Aria, read off a server 10.11.19 by the pages that it
 * reserved for caches of 8 MiB to 4000 MiB.
 */
const rules: Readonly<Record<CacheKind, CacheRule>> = {
  myisam: { block: 1024, about: 208, fixed: 0 },
  'myisam-maria': { block: 1024, about: 208, fixed: 8192 },
  aria: { block: 8192, about: 368, fixed: 0 },
}
const pointer = 8
const leastBlocks = 8

/**
 * Memory for the blocks of a cache that may take so much in all; 0 where it is too small to be made.
 * init_simple_key_cache() and init_pagecache(): as many as would fit with hash entries of 5/4 a block,
 * and fewer where the hash table, a power of two, takes more.
 */
export function cacheBytes(size: number, kind: CacheKind): number {
  const { block, about, fixed } = rules[kind]
  const first = Math.floor(size / (block + about + (pointer * 5) / 4))
  if (first < leastBlocks) return 0
  const hash = pointer * 2 * powerOfTwo(first)
  const blocks = Math.min(first, Math.floor((size - hash - fixed) / (block + about)))
  return Math.max(leastBlocks, blocks) * block
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least))
}
