/** sizeof(HASHHDR): 32 freelists of 24 bytes and the rest. */
const headerBytes = 848
const pointerBytes = 8
const leastDirectory = 256
const segmentBuckets = 256
/** sizeof(HASHELEMENT): a link and the hash value. */
const elementHead = 16

/**
 * Bytes that PostgreSQL sets aside for a hash table in shared memory: hash_estimate_size() and
 * choose_nelem_alloc(), src/backend/utils/hash/dynahash.c.
 */
export function hashTableBytes(entries: number, entryBytes: number): number {
  const segments = powerOfTwo(Math.floor((powerOfTwo(entries) - 1) / segmentBuckets) + 1)
  const directory = Math.max(leastDirectory, segments)
  const element = elementHead + aligned(entryBytes)
  const chunk = elementsAtOnce(element)
  const elements = (Math.floor((entries - 1) / chunk) + 1) * chunk
  const tables = (directory + segments * segmentBuckets) * pointerBytes
  return headerBytes + tables + elements * element
}

/** The smallest power of two that is not less. */
export function powerOfTwo(least: number): number {
  let power = 1
  while (power < least) power *= 2
  return power
}

/** MAXALIGN: up to a multiple of 8. */
export function aligned(bytes: number, to = 8): number {
  return Math.ceil(bytes / to) * to
}

/** Elements are allocated in powers of two of bytes, at least 32 of them together. */
function elementsAtOnce(element: number): number {
  let chunk = 256
  while (Math.floor(chunk / element) < 32) chunk *= 2
  return Math.floor(chunk / element)
}
