import type { Settings } from './guc/settings.ts'
import type { Release, Structures } from './structures.ts'
import { structures } from './structures.ts'

/** The server whose shared memory is computed. */
export interface ServerSpec {
  /** Release whose rules and structures apply. */
  readonly rules: Release
  /** Release whose parameters exist: 9.6, 18. */
  readonly release: number
  /** Client connections with a place in it: max_connections. */
  readonly connections: number
  /** Built with GSSAPI, as distributions do. */
  readonly gssapi: boolean
}

/** The settings that decide, in numbers of things. */
export interface Counts {
  readonly release: number
  readonly gssapi: boolean
  readonly of: Structures
  readonly settings: Settings
  /** NBuffers. */
  readonly buffers: number
  /** Client connections that there is room for. */
  readonly connections: number
  readonly prepared: number
  readonly senders: number
  readonly workers: number
  readonly autovacuumWorkers: number
  /** MaxBackends. */
  readonly backends: number
  /** Backends and auxiliary processes. */
  readonly processes: number
}

/** Counts what the settings of such a server ask for. */
export function countsOf(
  { rules, release, connections, gssapi }: ServerSpec,
  settings: Settings,
): Counts {
  const { numberOf } = settings
  const of = structures[rules]
  const senders = numberOf('max_wal_senders')
  const workers = numberOf('max_worker_processes')
  const autovacuumWorkers = numberOf(
    release < 18 ? 'autovacuum_max_workers' : 'autovacuum_worker_slots',
  )
  const backends = connections + autovacuumWorkers + workers + senders + of.specialBackends
  return {
    release,
    gssapi,
    of,
    settings,
    buffers: numberOf('shared_buffers'),
    connections,
    prepared: numberOf('max_prepared_transactions'),
    senders,
    workers,
    autovacuumWorkers,
    backends,
    processes: backends + of.auxiliaryProcesses,
  }
}
