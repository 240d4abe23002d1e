import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker as Thread } from 'node:worker_threads'
import type { Worker, Workers } from './machine/world.ts'

/** Threads of the bundled program. This is the only place that knows what they are started from. */
export const workers: Workers = {
  get processors() {
    return availableParallelism()
  },
  start: (task) =>
    workerOn(new Thread(join(import.meta.dirname, 'worker.cjs'), { workerData: task })),
}

/** Answers come in the order of the work. */
function workerOn(thread: Thread): Worker {
  const waiting: { settle: (answer: unknown) => void; fail: (error: Error) => void }[] = []
  let fault: Error | undefined
  const end = (error: Error): void => {
    fault ??= error
    for (const { fail } of waiting.splice(0)) fail(fault)
  }
  thread.on('message', (answer) => waiting.shift()?.settle(answer))
  thread.on('messageerror', end)
  thread.on('error', end)
  thread.on('exit', (code) => end(new Error(`a worker thread ended with code ${code}`)))
  return {
    send: (work) =>
      new Promise((settle, fail) => {
        if (fault !== undefined) return fail(fault)
        waiting.push({ settle, fail })
        thread.postMessage(work)
      }),
    close: () => void thread.terminate(),
  }
}
