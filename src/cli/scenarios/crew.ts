import type { Worker, Workers } from '../machine/world.ts'
import { bugIn } from '../output/report.ts'
import type { Answerer, Crew } from './answers.ts'
import { alone } from './answers.ts'
import type { Document } from './document.ts'

/** What the threads are for. */
export interface CrewPlan {
  /** Threads that the user wants; absent: as many as pay. */
  readonly jobs?: number
  /** Plain data of which a thread makes the same answers. */
  readonly task: unknown
}

/**
 * A thread costs CPU until it plans as fast as one that is warm: up to this many scenarios it costs
 * more than it saves (test/bench/documents.bench.mjs).
 */
const answeredAlone = 64
/** Beyond this reading and writing, which one thread does, is what takes the time. */
const mostThreads = 8
const largestBatch = 16
/** One that is worked at, and one that waits, so that no thread does. */
const batchesEach = 2

/** Answers here and, where there are many documents and processors, in threads. */
export function crewOf<Part>(
  answer: Answerer<Part>,
  { jobs, task }: CrewPlan,
  workers: Workers | undefined,
): Crew<Part> {
  const threads = jobs ?? Math.min(workers?.processors ?? 1, mostThreads)
  if (workers === undefined || threads < 2) return alone(answer)
  const first = jobs === undefined ? answeredAlone : 1
  let [documents, pool] = [0, undefined as Pool<Part> | undefined]
  return {
    answer: (document) => {
      documents += 1
      if (documents <= first) return answer(document)
      pool ??= poolOf(answer, () => workers.start(task), threads)
      return pool.answer(document)
    },
    most: (known) => (known <= first ? 1 : threads * batchesEach * largestBatch),
    close: () => pool?.close(),
  }
}

type Outcome<Part> = Awaited<ReturnType<Answerer<Part>>>

interface Pool<Part> extends Pick<Crew<Part>, 'answer' | 'close'> {}

interface Waiting<Part> {
  readonly document: Document
  readonly settle: (outcome: Outcome<Part> | Promise<Outcome<Part>>) => void
}

interface Thread {
  readonly worker: Worker
  batches: number
}

/**
 * Threads are started while documents wait for one, so that few documents have few of them.
 * @param answer where no thread is left.
 * @param most threads; fewer, where the machine has no room for more.
 */
function poolOf<Part>(answer: Answerer<Part>, start: () => Worker, most: number): Pool<Part> {
  const waiting: Waiting<Part>[] = []
  const threads = new Set<Thread>()
  let startable = most
  const added = (): Thread | undefined => {
    const worker = startable > 0 ? started(start) : undefined
    startable = worker === undefined ? 0 : startable - 1
    if (worker === undefined) return undefined
    const thread = { worker, batches: 0 }
    threads.add(thread)
    return thread
  }
  const free = (): Thread | undefined => {
    const below = (batches: number) => [...threads].find((one) => one.batches < batches)
    return below(1) ?? added() ?? below(batchesEach)
  }
  const handOut = (): void => {
    while (waiting.length > 0) {
      const thread = free()
      if (thread === undefined) break
      const each = Math.ceil(waiting.length / (threads.size * batchesEach))
      void work(thread, waiting.splice(0, Math.min(each, largestBatch)))
    }
    if (threads.size > 0) return
    for (const { document, settle } of waiting.splice(0)) settle(answer(document))
  }
  const work = async (thread: Thread, batch: readonly Waiting<Part>[]): Promise<void> => {
    thread.batches += 1
    try {
      const outcomes = await thread.worker.send(batch.map(({ document }) => document))
      for (const [index, { settle }] of batch.entries()) {
        settle((outcomes as readonly Outcome<Part>[])[index] ?? bugIn(new Error('no answer')))
      }
    } catch (error) {
      // What a thread was at when it ended has no result, and no result is no pass.
      threads.delete(thread)
      for (const { settle } of batch) settle(bugIn(error))
    }
    thread.batches -= 1
    handOut()
  }
  return {
    answer: (document) =>
      new Promise((settle) => {
        waiting.push({ document, settle })
        handOut()
      }),
    close: () => {
      for (const { worker } of threads) worker.close()
    },
  }
}

/** `undefined` where the machine has no room for one. */
function started(start: () => Worker): Worker | undefined {
  try {
    return start()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    return undefined
  }
}
