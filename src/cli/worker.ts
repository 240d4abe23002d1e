import { parentPort, workerData } from 'node:worker_threads'
import type { LimitsTask } from './commands/limits-command.ts'
import type { PlanTask } from './commands/plan-command.ts'
import type { VerifyTask } from './commands/verify-command.ts'
import type { Answerer } from './scenarios/answers.ts'
import { attempt } from './scenarios/attempt.ts'
import type { Document } from './scenarios/document.ts'

/** What a thread is started with: what the answers of a command are made by. */
type Task = PlanTask | LimitsTask | VerifyTask

/** Answers batches of documents in the order in which they come, until the thread is ended. */
export function work(): void {
  const answerer = answererOf(workerData as Task)
  let last: Promise<void> = Promise.resolve()
  parentPort?.on('message', (batch: readonly Document[]) => {
    last = last.then(async () => {
      const answer = await answerer
      const outcomes: unknown[] = []
      for (const document of batch) outcomes.push(await attempt(document, () => answer(document)))
      parentPort?.postMessage(outcomes)
    })
  })
}

/** The command is in the request: each has tasks of its own form. */
async function answererOf(task: Task): Promise<Answerer<unknown>> {
  switch (task.request.command) {
    case 'limits':
      return (await import('./commands/limits-command.ts')).limitsAnswerer(task as LimitsTask)
    case 'verify':
      return (await import('./commands/verify-command.ts')).verifyAnswerer(task)
    default:
      return (await import('./commands/plan-command.ts')).planAnswerer(task as PlanTask)
  }
}
