/** Releases whose shared memory is computed by their own rules. */
export const releases = [15, 16, 17, 18] as const
export type Release = (typeof releases)[number]

/**
 * Sizes in bytes of the structures of one release that lie in shared memory once for each process,
 * slot or buffer: sizeof on 64-bit Linux, seen in pg_shmem_allocations of servers of that release
 * (test/oracle/postgresql). What is alike in all four is in `shared-memory.ts`.
 */
export interface Structures {
  /** NUM_AUXILIARY_PROCS: processes of the server other than backends and workers. */
  readonly auxiliaryProcesses: number
  /** Backends that are no client's, worker's or sender's: launchers, slot synchronisation. */
  readonly specialBackends: number
  /** PGPROC with its place in the parallel arrays. */
  readonly process: number
  readonly backendStatus: number
  readonly procSignal: number
  readonly sharedInvalidation: number
  readonly notifyListener: number
  readonly walSender: number
  readonly autovacuumWorker: number
  readonly backgroundWorker: number
  readonly logicalWorker: number
  readonly replicationSlot: number
  readonly checkpointRequest: number
  readonly multixactOfPrepared: number
  /** Buffers begin at a multiple of it, PG_IO_ALIGN_SIZE. */
  readonly bufferAlignment: number
  /** All that no setting changes: locks by name, statistics, indexes, and 100,000 bytes to spare. */
  readonly fixed: number
}

export const structures: Readonly<Record<Release, Structures>> = {
  15: {
    auxiliaryProcesses: 6,
    specialBackends: 1,
    process: 887,
    backendStatus: 432,
    procSignal: 80,
    sharedInvalidation: 32,
    notifyListener: 20,
    walSender: 96,
    autovacuumWorker: 64,
    backgroundWorker: 560,
    logicalWorker: 112,
    replicationSlot: 264,
    checkpointRequest: 24,
    multixactOfPrepared: 8,
    bufferAlignment: 0,
    fixed: 476_960,
  },
  16: {
    auxiliaryProcesses: 6,
    specialBackends: 1,
    process: 887,
    backendStatus: 432,
    procSignal: 88,
    sharedInvalidation: 32,
    notifyListener: 20,
    walSender: 104,
    autovacuumWorker: 48,
    backgroundWorker: 560,
    logicalWorker: 120,
    replicationSlot: 264,
    checkpointRequest: 24,
    multixactOfPrepared: 8,
    bufferAlignment: 4096,
    fixed: 491_584,
  },
  17: {
    auxiliaryProcesses: 6,
    specialBackends: 2,
    process: 895,
    backendStatus: 432,
    procSignal: 88,
    sharedInvalidation: 20,
    notifyListener: 32,
    walSender: 104,
    autovacuumWorker: 48,
    backgroundWorker: 1488,
    logicalWorker: 128,
    replicationSlot: 280,
    checkpointRequest: 32,
    multixactOfPrepared: 4,
    bufferAlignment: 4096,
    fixed: 529_824,
  },
  18: {
    auxiliaryProcesses: 38,
    specialBackends: 2,
    process: 839,
    backendStatus: 440,
    procSignal: 128,
    sharedInvalidation: 20,
    notifyListener: 32,
    walSender: 96,
    autovacuumWorker: 48,
    backgroundWorker: 1488,
    logicalWorker: 128,
    replicationSlot: 288,
    checkpointRequest: 32,
    multixactOfPrepared: 4,
    bufferAlignment: 4096,
    fixed: 566_384,
  },
}
