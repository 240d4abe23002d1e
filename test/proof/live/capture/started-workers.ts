import { afterAll, beforeAll } from 'vitest'
import { startLimit } from '../limits.ts'
import type { Worker } from '../machine/processes.ts'
import { startWorker } from '../machine/processes.ts'

/** An address that is free: V8 asks for places below, the program and its libraries are above. */
export const territory: number = 2 ** 46 + 2 ** 39

interface Workers {
  /** Makes the memory that the others map. */
  readonly keeper: Worker
  readonly workers: readonly Worker[]
}

/** Starts processes before the tests of a file, and ends them after. @returns who asks for them. */
export function startedWorkers(processes: number): () => Workers {
  let started: Workers | undefined
  beforeAll(async () => {
    const keeper = await startWorker()
    const workers = await Promise.all(Array.from({ length: processes }, () => startWorker()))
    started = { keeper, workers }
  }, startLimit)
  afterAll(async () => {
    await Promise.all([started?.keeper, ...(started?.workers ?? [])].map((one) => one?.end()))
  }, startLimit)
  return () => {
    if (started === undefined) throw new Error('no keeper')
    return started
  }
}
