import type { Counts, ServerSpec } from './counts.ts'
import { countsOf } from './counts.ts'
import type { Settings } from './guc/settings.ts'
import { hashTableBytes } from './hash-table.ts'
import type { Preloaded } from './libraries.ts'
import { preloaded } from './libraries.ts'
import { blockBytes, pageCacheBytes } from './page-caches.ts'
import {
  ioBytes,
  lockBytes,
  predicateLockBytes,
  processBytes,
  workerBytes,
} from './process-memory.ts'

/** The main shared memory of a server and what it is made of. */
export interface SharedMemory {
  /** What the server maps, before it is rounded up to huge pages. */
  readonly bytes: number
  /** Buffers of 8 kB in it. */
  readonly buffers: number
  /** Bytes before the blocks of the buffers, as the server lays them out: descriptors included. */
  readonly before: number
  /** Adds up to `bytes`. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[]
  readonly libraries: readonly Preloaded[]
  /** Processes that have a place in it. */
  readonly processes: number
}

/**
 * The size that CalculateShmemSize() of src/backend/storage/ipc/ipci.c asks for, by the rules of
 * that release on 64-bit Linux: what `postgres -C shared_memory_size` rounds to MB. Libraries that
 * are preloaded are in it as far as what they take is known.
 */
export function sharedMemoryOf(spec: ServerSpec, settings: Settings): SharedMemory {
  const counts = countsOf(spec, settings)
  const { release, backends } = counts
  const libraries = preloaded({ release, settings, backends })
  const wal = walBytes(counts)
  const caches = pageCacheBytes(spec.rules, counts.buffers, settings.numberOf)
  const dynamic = settings.numberOf('min_dynamic_shared_memory') * 2 ** 20
  const parts = [
    { name: 'buffers', bytes: bufferBytes(counts) },
    { name: 'WAL buffers', bytes: wal },
    { name: 'locks', bytes: lockBytes(counts) },
    { name: 'predicate locks', bytes: predicateLockBytes(counts) },
    { name: 'processes', bytes: processBytes(counts) },
    { name: 'page caches', bytes: caches },
    { name: 'replication and workers', bytes: workerBytes(counts) },
    { name: 'asynchronous I/O', bytes: release < 18 ? 0 : ioBytes(counts) },
    { name: 'dynamic shared memory', bytes: dynamic },
    ...libraries.map(({ name, bytes }) => ({ name, bytes })),
    { name: 'fixed', bytes: counts.of.fixed },
  ]
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0)
  const rounding = { name: 'rounding', bytes: blockBytes - (sum % blockBytes) }
  return {
    bytes: sum + rounding.bytes,
    buffers: counts.buffers,
    before: dynamic + wal + caches + counts.buffers * descriptorBytes,
    parts: [...parts, rounding],
    libraries,
    processes: counts.processes,
  }
}

/** BufferDescPadded. */
const descriptorBytes = 64

/** Block, descriptor, locks, place in a checkpoint, and lookup table of each buffer. */
function bufferBytes({ release, buffers, of }: Counts): number {
  const [locks, sorting] = perBufferExtras(release)
  const table = hashTableBytes(buffers + 128, 24)
  const requests = Math.min(buffers, release < 13 ? buffers : 10_000_000) * of.checkpointRequest
  const each = blockBytes + descriptorBytes + locks + sorting
  return buffers * each + table + requests + of.bufferAlignment + 288
}

/**
 * Locks of a buffer, and its place in a checkpoint, which is sorted since 9.6 (CkptSortItem). Until 9.5
 * two locks of 32 bytes (NumLWLocks()), until 13 one and another in the descriptor, then a condition variable.
 */
function perBufferExtras(release: number): readonly [locks: number, sorting: number] {
  if (release < 9.6) return [64, 0]
  return release < 14 ? [32, 20] : [16, 20]
}

/** XLOGShmemSize(), XLOGChooseNumBuffers(): by default 1/32 of the buffers, from 8 to a segment of 16 MB. */
function walBytes({ buffers, settings }: Counts): number {
  const written = settings.numberOf('wal_buffers')
  const automatic = Math.min(2048, Math.max(8, Math.floor(buffers / 32)))
  const blocks = written === -1 ? automatic : Math.max(4, written)
  return blocks * (blockBytes + 8) + 9 * 128 + blockBytes
}
