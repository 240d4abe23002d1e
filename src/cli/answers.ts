import { QuantityError } from '../units/quantity.ts'
import { reportBug } from './bug.ts'
import type { Failure } from './failure.ts'
import { quantityIssue } from './quantity-issue.ts'
import type { Question } from './questions.ts'
import { readQuestion } from './questions.ts'
import { reportFailure } from './report.ts'
import type { Request } from './request.ts'
import { findSources } from './sources.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'
import type { World } from './world.ts'

/** What came of all the scenarios of a command line. */
export interface Answers<Answer> {
  /** In the order named. */
  readonly answers: readonly Answer[]
  /** Of the scenarios that were not answered. */
  readonly statuses: readonly Status[]
  /** The command line allows several scenarios. */
  readonly several: boolean
}

/**
 * Answers every scenario that can be answered. What is wrong with the others is reported at once
 * and stops nobody else.
 */
export async function answerAll<Answer>(
  request: Request,
  operands: readonly string[],
  world: World,
  answer: (question: Question) => Answer,
): Promise<Answers<Answer>> {
  const { paths, failures, several } = await findSources(operands, request.implied, world)
  const answers: Answer[] = []
  const statuses: Status[] = []
  const fail = async (failure: Failure) => {
    statuses.push(failure.status)
    await reportFailure(failure, request.color, world)
  }
  for (const failure of failures) await fail(failure)
  for (const path of paths) {
    try {
      const question = await readQuestion(path, request.overrides, world)
      if ('status' in question) await fail(question)
      else answers.push(answer(question))
    } catch (error) {
      if (error instanceof QuantityError) {
        await fail({ status: status.invalid, issues: [quantityIssue(error, path)] })
      } else {
        statuses.push(await reportBug(error, world))
      }
    }
  }
  return { answers, statuses, several }
}
