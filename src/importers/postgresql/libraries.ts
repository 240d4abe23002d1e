import type { Settings } from './guc/settings.ts'
import { hashTableBytes } from './hash-table.ts'

/** A library that the server loads when it starts, and what that takes. */
export interface Preloaded {
  readonly name: string
  /** Shared memory that it asks for, as far as it is known. */
  readonly bytes: number
  /** More that it may ask for; 0: what it takes is known to the byte. */
  readonly margin: number
  /** Background workers that it starts; absent: unknown. */
  readonly workers?: number
}

/** The server as far as libraries depend on it. */
export interface Server {
  /** 9.6, 18. */
  readonly release: number
  readonly settings: Settings
  /** MaxBackends. */
  readonly backends: number
}

/** Those of shared_preload_libraries, each once. */
export function preloaded(server: Server): readonly Preloaded[] {
  return librariesIn(server.settings.textOf('shared_preload_libraries')).map((name) => {
    const known = libraries.get(name)
    if (known === undefined) return { name, bytes: 0, margin: marginOfUnknown }
    const { bytes = none, margin = none, workers = none } = known
    return { name, bytes: bytes(server), margin: margin(server), workers: workers(server) }
  })
}

/** `'pg_stat_statements, "$libdir/auto_explain.so"'`: as load_libraries() of miscinit.c takes it apart. */
export function librariesIn(text: string): readonly string[] {
  const names = text.split(',').map((part) =>
    part
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/^.*[/]/, '')
      .replace(/[.]so$/, ''),
  )
  return [...new Set(names)].filter((name) => name !== '')
}

/** Of an unknown library: most ask for less than 1 MiB, few for more than this. */
export const marginOfUnknown: number = 16 * 2 ** 20

interface Known {
  readonly bytes?: (server: Server) => number
  readonly margin?: (server: Server) => number
  readonly workers?: (server: Server) => number
}

const none = (): number => 0
const one = (): number => 1
/** 8 to 16 kB were seen. */
const little = ({ backends }: Server): number => 64 * 1024 + backends * 64

/**
 * Libraries of contrib, whose memory follows from settings, and others as version by version they
 * were seen (test/oracle/postgresql). What is not here starts workers and takes memory that is not known.
 */
const libraries: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['pg_stat_statements', { bytes: statementsBytes }],
  ['pg_prewarm', { bytes: prewarmBytes, workers: prewarmWorkers }],
  ...nothingShared(
    'auth_delay',
    'auto_explain',
    'basic_archive',
    'basebackup_to_shell',
    'btree_gin',
    'btree_gist',
    'citext',
    'dblink',
    'file_fdw',
    'hstore',
    'ltree',
    'old_snapshot',
    'passwordcheck',
    'pg_overexplain',
    'pg_surgery',
    'pg_trgm',
    'pgaudit',
    'pgcrypto',
    'pgoutput',
    'plpgsql',
    'postgres_fdw',
    'sepgsql',
    'set_user',
    'sslinfo',
    'test_decoding',
    'tsm_system_rows',
    'wal2json',
  ),
  ['pg_cron', { workers: cronWorkers }],
  ['powa', { workers: one }],
  ['pg_partman_bgw', { workers: one }],
  ['repmgr', { margin: little }],
  ['pg_wait_sampling', { margin: little, workers: one }],
  ['pg_stat_kcache', { bytes: kcacheBytes, margin: kcacheBytes }],
  ['pg_qualstats', { bytes: qualstatsBytes, margin: qualstatsBytes }],
  ['pglogical', { margin: little, workers: one }],
  ['timescaledb', { margin: () => marginOfUnknown, workers: timescaleWorkers }],
  ...oneWorker('bgw_replstatus', 'pg_failover_slots', 'pg_net', 'pgautofailover', 'citus'),
])

function nothingShared(...names: readonly string[]): readonly (readonly [string, Known])[] {
  return names.map((name) => [name, {}])
}

function oneWorker(...names: readonly string[]): readonly (readonly [string, Known])[] {
  return names.map((name) => [name, { margin: () => marginOfUnknown, workers: one }])
}

/** sizeof(pgssSharedState), MAXALIGN; a lock of its own, LWLockShmemSize(): padded, with its name. */
const statementsState = 64
const statementsLock = 128 + 16 + 'pg_stat_statements'.length + 1

/** pgss_memsize() of contrib/pg_stat_statements: an entry for each statement, whose text is in a file. */
function statementsBytes({ release, settings }: Server): number {
  const most = ownNumber(settings, 'pg_stat_statements.max', 100) ?? (release < 9.4 ? 1000 : 5000)
  return statementsState + hashTableBytes(most, statementsEntry(release)) + statementsLock
}

/** sizeof(pgssEntry), which grew with what is counted. */
function statementsEntry(release: number): number {
  if (release >= 18) return 432
  return release >= 17 ? 408 : 360
}

/** apw_init_shmem(): since 17 its state is in dynamic shared memory. */
function prewarmBytes({ release }: Server): number {
  return release < 11 || release >= 17 ? 0 : 48
}

/** The leader; one more for each database while it loads. */
function prewarmWorkers({ release, settings }: Server): number {
  return release >= 11 && settings.ofExtension('pg_prewarm.autoprewarm') !== 'off' ? 1 : 0
}

/** The launcher; jobs are client connections unless they are to be workers. */
function cronWorkers({ settings }: Server): number {
  if (settings.ofExtension('cron.use_background_workers') !== 'on') return 1
  const least = Math.min(5, Math.max(0, settings.numberOf('max_worker_processes') - 1))
  return 1 + (ownNumber(settings, 'cron.max_running_jobs', 0) ?? least)
}

/** The launcher, and timescaledb.max_background_workers (16 by default; 8 before 2.4). */
function timescaleWorkers({ settings }: Server): number {
  return 1 + (ownNumber(settings, 'timescaledb.max_background_workers', 0) ?? 16)
}

/** Of version 2.2: an entry for each statement of pg_stat_statements. */
function kcacheBytes({ settings }: Server): number {
  return hashTableBytes(ownNumber(settings, 'pg_stat_statements.max', 100) ?? 5000, 240)
}

/** Of version 2.0: qualifiers, and the text of a statement for each. */
function qualstatsBytes({ settings }: Server): number {
  const most = ownNumber(settings, 'pg_qualstats.max', 100) ?? 1000
  const text = settings.numberOf('track_activity_query_size') + 8
  return hashTableBytes(most, 320) + hashTableBytes(most, text)
}

/** What the server takes of a value out of range, or none at all, is the default. */
function ownNumber(settings: Settings, name: string, least: number): number | undefined {
  const text = settings.ofExtension(name)
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined
  const value = Number(text)
  return value >= least && value < 2 ** 31 ? value : undefined
}
