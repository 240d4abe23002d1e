import type { TouchedText } from '../../scenario/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { ParameterName } from './parameters.ts'
import type { Settings } from './settings.ts'
import type { SharedMemory } from './shared-memory.ts'
import type { Release } from './structures.ts'

/** Processes of a server that are alike. */
export interface Crew {
  readonly name: string
  readonly who: string
  readonly processes: number
  /** The parameters that say how many; none: they are always there. */
  readonly by: readonly ParameterName[]
  /** The user says how many. */
  readonly wished?: true
  readonly privateBytes: number
  readonly privateWhy: string
  /** Absent: whatever is wished for, all of it by default. */
  readonly touched?: TouchedText
}

/** Program data, caches of relations and plans: 2.5 MB on an idle backend, more on a busy one. */
const cacheBytes = 6 * 2 ** 20
const pageBytes = 4096

/**
 * Every process that maps the shared memory, as many as there may be. Those that read and write
 * table pages reach all of it in time; the others only what stands around the buffers.
 */
export function crewsOf(
  settings: Settings,
  release: Release,
  memory: SharedMemory,
  connections: number | undefined,
): readonly Crew[] {
  const structures = aroundBuffers(memory)
  const { numberOf, wordOf } = settings
  const crews: readonly Crew[] = [
    {
      name: 'backends',
      who: 'a process for each client connection',
      processes: connections ?? numberOf('max_connections'),
      by: ['max_connections'],
      ...(connections === undefined ? {} : { wished: true }),
      ...working(numberOf('work_mem') * 1024, 'work_mem'),
    },
    {
      name: 'autovacuum-workers',
      who: 'autovacuum workers, all at once',
      processes: autovacuumWorkers(settings, release),
      by:
        release < 18
          ? ['autovacuum_max_workers']
          : ['autovacuum_max_workers', 'autovacuum_worker_slots'],
      ...vacuuming(settings),
    },
    {
      name: 'background-workers',
      who: 'workers of parallel queries, of replication and of extensions, all at once',
      processes: numberOf('max_worker_processes'),
      by: ['max_worker_processes'],
      ...working(numberOf('work_mem') * 1024, 'work_mem'),
    },
    {
      name: 'wal-senders',
      who: 'senders to standby servers, all at once',
      processes: numberOf('max_wal_senders'),
      by: ['max_wal_senders'],
      ...idle,
      touched: structures,
    },
    {
      name: 'writers',
      who: `checkpointer, background writer${ioWorkers(settings, release) > 0 ? ', I/O workers' : ''}`,
      processes: 2 + ioWorkers(settings, release),
      by: release < 18 ? [] : ['io_method', 'io_workers'],
      ...idle,
    },
    {
      name: 'auxiliary',
      who: 'postmaster, WAL writer, and where they run autovacuum launcher, archiver, WAL summarizer',
      processes:
        2 +
        Number(wordOf('autovacuum') === 'on') +
        Number(wordOf('archive_mode') !== 'off') +
        Number(release >= 17 && wordOf('summarize_wal') === 'on'),
      by: [],
      ...idle,
      touched: structures,
    },
  ]
  return crews.filter(({ processes }) => processes > 0)
}

/** AutoVacuumingActive(), av_worker_available(): since 18 at most as many as there are slots. */
function autovacuumWorkers({ numberOf, wordOf }: Settings, release: Release): number {
  if (wordOf('autovacuum') === 'off') return 0
  const most = numberOf('autovacuum_max_workers')
  return release < 18 ? most : Math.min(most, numberOf('autovacuum_worker_slots'))
}

function ioWorkers({ numberOf, wordOf }: Settings, release: Release): number {
  return release >= 18 && wordOf('io_method') === 'worker' ? numberOf('io_workers') : 0
}

function working(extra: number, name: string): Pick<Crew, 'privateBytes' | 'privateWhy'> {
  return {
    privateBytes: cacheBytes + extra,
    privateWhy: `${formatBytes(cacheBytes)} of program data and caches, and ${name} once (${formatBytes(extra)}); what a process takes depends on its work`,
  }
}

function vacuuming({ numberOf }: Settings): Pick<Crew, 'privateBytes' | 'privateWhy'> {
  const own = numberOf('autovacuum_work_mem')
  return own === -1
    ? working(numberOf('maintenance_work_mem') * 1024, 'maintenance_work_mem')
    : working(own * 1024, 'autovacuum_work_mem')
}

const idle: Pick<Crew, 'privateBytes' | 'privateWhy'> = {
  privateBytes: 2 * 2 ** 20,
  privateWhy: 'measured on servers that do little: 1.2 to 1.6 MiB',
}

/**
 * All but the blocks of the buffers: what stands before them (WAL buffers, page caches,
 * descriptors of 64 bytes each) and behind them, as the server lays it out.
 */
function aroundBuffers({ bytes: size, parts, buffers }: SharedMemory): TouchedText {
  const of = (name: string) => parts.find((part) => part.name === name)?.bytes ?? 0
  const before = of('dynamic shared memory') + of('WAL buffers') + of('page caches') + buffers * 64
  const start = Math.ceil(before / pageBytes) * pageBytes
  const end = Math.floor((start + buffers * 8192) / pageBytes) * pageBytes
  const range = (offset: number, length: number) => ({
    offset: writeSize(bytes(offset)),
    length: writeSize(bytes(length)),
  })
  return { ranges: [range(0, start), range(end, size - end)] }
}
