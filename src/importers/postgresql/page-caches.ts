import type { NumberName } from './guc/number-parameters.ts'
import { aligned } from './hash-table.ts'
import type { Release } from './structures.ts'

/** BLCKSZ. */
export const blockBytes = 8192
const lockBytes = 128
/** SLRU_BANK_SIZE: pages that share a lock, since PostgreSQL 17. */
const bankPages = 16
/** CLOG_LSNS_PER_PAGE: log positions kept for each page of transaction states. */
const positionsPerPage = 1024

/**
 * Bytes of the caches for pages of transaction states and the like: SimpleLruShmemSize(),
 * src/backend/access/transam/slru.c, for the pages that each of them has.
 */
export function pageCacheBytes(
  release: Release,
  buffers: number,
  numberOf: (name: NumberName) => number,
): number {
  const pages = release < 17 ? fixedPages(buffers) : chosenPages(buffers, numberOf)
  const [transactions = 0, ...others] = pages
  return (
    cacheBytes(release, transactions, positionsPerPage) +
    others.reduce((sum, count) => sum + cacheBytes(release, count, 0), 0)
  )
}

/** Transaction states first; then commit times, subtransactions, multixacts twice, notify, serializable. */
function fixedPages(buffers: number): readonly number[] {
  return [
    within(4, Math.floor(buffers / 512), 128),
    within(4, Math.floor(buffers / 256), 256),
  ].concat([32, 8, 16, 8, 16])
}

function chosenPages(buffers: number, numberOf: (name: NumberName) => number): readonly number[] {
  const tuned = (name: NumberName) => numberOf(name) || autotuned(buffers)
  return [
    tuned('transaction_buffers'),
    tuned('commit_timestamp_buffers'),
    tuned('subtransaction_buffers'),
    numberOf('multixact_offset_buffers'),
    numberOf('multixact_member_buffers'),
    numberOf('notify_buffers'),
    numberOf('serializable_buffers'),
  ]
}

/** SimpleLruAutotuneBuffers(512, 1024): one page for 512 buffers, in whole banks, at most 1024. */
function autotuned(buffers: number): number {
  const pages = Math.floor(buffers / 512)
  return within(bankPages, pages - (pages % bankPages), 1024)
}

function cacheBytes(release: Release, pages: number, positions: number): number {
  const banked = release >= 17
  const banks = Math.floor(pages / bankPages)
  const arrays = [
    banked ? 96 : 88,
    pages * 8,
    pages * 4,
    pages,
    pages * (banked ? 8 : 4),
    pages * 4,
    pages * lockBytes,
    ...(banked ? [banks * lockBytes, banks * 4] : []),
    pages * positions * 8,
  ]
  const head = arrays.reduce((sum, bytes) => sum + aligned(bytes), 0)
  return aligned(head, 32) + pages * blockBytes
}

function within(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
