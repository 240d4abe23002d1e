import type { Settings } from './guc/settings.ts'
import type { Preloaded } from './libraries.ts'
import { marginOfUnknown } from './libraries.ts'
import { blockBytes } from './page-caches.ts'
import type { KnownRelease } from './release.ts'
import type { SharedMemory } from './shared-memory.ts'

/** Why the size of the shared memory is not known to the byte, and how much more it may be. */
export interface Uncertainty {
  readonly why: string
  readonly marginBytes: number
}

/** None: a server of that release asks for just so much. */
export function uncertaintiesOf(
  release: KnownRelease,
  settings: Settings,
  memory: SharedMemory,
): readonly Uncertainty[] {
  return [
    ...uncertaintiesOfRules(release, settings, memory),
    ...uncertaintiesOfLibraries(memory.libraries),
    ...(settings.wordOf('io_method') === 'io_uring' ? [ofRings(settings, memory)] : []),
  ]
}

function uncertaintiesOfLibraries(libraries: readonly Preloaded[]): readonly Uncertainty[] {
  const unknown = libraries.filter(({ margin }) => margin === marginOfUnknown)
  const varying = libraries.filter(({ margin }) => margin > 0 && margin !== marginOfUnknown)
  return [
    ...uncertaintyOf(unknown, (names) => `memory of ${names} is unknown`),
    ...uncertaintyOf(varying, (names) => `memory of ${names} differs from version to version`),
  ]
}

/** More than anyone reads. */
const longestList = 20

function uncertaintyOf(
  libraries: readonly Preloaded[],
  why: (names: string) => string,
): readonly Uncertainty[] {
  if (libraries.length === 0) return []
  const names = libraries.slice(0, longestList).map(({ name }) => name)
  const more = libraries.length - names.length
  const listed = more === 0 ? names : [...names, `${more} more`]
  const marginBytes = libraries.reduce((sum, { margin }) => sum + margin, 0)
  return [{ why: why(listed.join(', ')), marginBytes }]
}

/** The shared memory with the margins of all uncertainties in it. */
export function withMargin(
  memory: SharedMemory,
  uncertainties: readonly Uncertainty[],
): SharedMemory {
  const margin = uncertainties.reduce((sum, { marginBytes }) => sum + marginBytes, 0)
  if (margin === 0) return memory
  const part = { name: 'margin', bytes: margin }
  return { ...memory, bytes: memory.bytes + margin, parts: [...memory.parts, part] }
}

/** Rules of another release, or of a server that PostgreSQL was made into. */
function uncertaintiesOfRules(
  { major, rules, series }: KnownRelease,
  settings: Settings,
  memory: SharedMemory,
): readonly Uncertainty[] {
  if (major === undefined) return [{ why: 'the release is unknown', marginBytes: 0 }]
  const marginBytes = marginOfRules(memory)
  return [
    ...(major === rules
      ? []
      : [{ why: `structures of PostgreSQL ${series ?? major} were not measured`, marginBytes }]),
    ...(settings.ofForks.length === 0
      ? []
      : [{ why: 'the server is derived from PostgreSQL', marginBytes }]),
  ]
}

/** A part of what lies around the blocks themselves, which are the same in all releases, in whole 8 kB. */
function marginOfRules({ bytes, buffers }: SharedMemory): number {
  return Math.ceil(((bytes - buffers * blockBytes) * shareOfRules) / blockBytes) * blockBytes
}

/** From one release to the next it changed by less, from 13 to 17; 18 added what it needs for asynchronous I/O. */
const shareOfRules = 0.1

/**
 * Rings of io_uring are in it where the kernel and liburing can place them there
 * (pgaio_uring_ring_shmem_size() of method_io_uring.c): entries of 96 bytes, in whole pages, and a page more.
 */
function ofRings({ numberOf }: Settings, { buffers, processes }: SharedMemory): Uncertainty {
  const written = numberOf('io_max_concurrency')
  const entries = written > 0 ? written : Math.min(64, Math.max(1, Math.floor(buffers / processes)))
  const ring = (Math.ceil((entries * 128) / 4096) + 2) * 4096
  return {
    why: 'the kernel decides whether io_uring rings are part of it',
    marginBytes: processes * ring,
  }
}
