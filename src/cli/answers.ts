import { QuantityError } from '../units/quantity.ts'
import { reportBug } from './bug.ts'
import { quantityIssue } from './quantity-issue.ts'
import type { Question } from './questions.ts'
import { readQuestion } from './questions.ts'
import { reportFailure } from './report.ts'
import type { Request } from './request.ts'
import type { Sources } from './sources.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'
import type { World } from './world.ts'

/** What came of all the scenarios of a command line. */
export interface Answers<Answer> {
  /** In the order named. */
  readonly answers: readonly Answer[]
  /** Of the scenarios that were not answered. */
  readonly statuses: readonly Status[]
}

/**
 * Answers every scenario that can be answered. What is wrong with the others is reported at once
 * and stops nobody else.
 */
export async function answerAll<Answer>(
  request: Request,
  { paths, failures }: Sources,
  world: World,
  answer: (question: Question) => Answer,
): Promise<Answers<Answer>> {
  const answers: Answer[] = []
  const statuses: Status[] = []
  for (const failure of failures) {
    statuses.push(failure.status)
    await reportFailure(failure, request.color, world)
  }
  for (const path of paths) {
    const outcome = await answerOne(path, request, world, answer)
    if ('answer' in outcome) answers.push(outcome.answer)
    else statuses.push(outcome.status)
  }
  return { answers, statuses }
}

async function answerOne<Answer>(
  path: string,
  request: Request,
  world: World,
  answer: (question: Question) => Answer,
): Promise<{ readonly answer: Answer } | { readonly status: Status }> {
  try {
    const question = await readQuestion(path, request.overrides, world)
    if (!('status' in question)) return { answer: answer(question) }
    await reportFailure(question, request.color, world)
    return question
  } catch (error) {
    if (!(error instanceof QuantityError)) return { status: await reportBug(error, world) }
    const failure = { status: status.invalid, issues: [quantityIssue(error, path)] }
    await reportFailure(failure, request.color, world)
    return failure
  }
}
