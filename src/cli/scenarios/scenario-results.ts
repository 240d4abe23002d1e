import { QuantityError } from '../../units/quantity.ts'
import type { World } from '../machine/world.ts'
import { reportBug } from '../output/bug.ts'
import type { Failure } from '../output/failure.ts'
import { reportFailure } from '../output/report.ts'
import type { Request } from '../output/request.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { quantityIssue } from './quantity-issue.ts'
import type { SavedFile } from './saved-files.ts'
import type { Question } from './scenario-file.ts'
import { readQuestion, readQuestionOrSaved } from './scenario-file.ts'
import type { Sources } from './sources.ts'

/** What came of all the scenarios of a command line. */
export interface Answers<Answer> {
  /** In the order named. */
  readonly answers: readonly Answer[]
  /** Of the scenarios that were not answered. */
  readonly statuses: readonly Status[]
}

/** Answers the results saved in a file, for a command that takes them. */
export type AnswerSaved<Answer> = (
  file: SavedFile,
  path: string,
) => Promise<readonly Answer[] | Failure>

/**
 * Answers every scenario that can be answered. What is wrong with the others is reported at once
 * and stops nobody else.
 */
export async function answerAll<Answer>(
  request: Request,
  { paths, failures }: Sources,
  world: World,
  answer: (question: Question) => Answer,
  answerSaved?: AnswerSaved<Answer>,
): Promise<Answers<Answer>> {
  const answers: Answer[] = []
  const statuses: Status[] = []
  for (const failure of failures) {
    statuses.push(failure.status)
    await reportFailure(failure, request.color, world)
  }
  for (const path of paths) {
    const outcome = await answerOne(path, request, world, () =>
      outcomeOf(path, request, world, answer, answerSaved),
    )
    if ('answers' in outcome) answers.push(...outcome.answers)
    else statuses.push(outcome.status)
  }
  return { answers, statuses }
}

type Outcome<Answer> = { readonly answers: readonly Answer[] } | Failure

async function answerOne<Answer>(
  path: string,
  request: Request,
  world: World,
  answer: () => Promise<Outcome<Answer>>,
): Promise<{ readonly answers: readonly Answer[] } | { readonly status: Status }> {
  try {
    const outcome = await answer()
    if ('answers' in outcome) return outcome
    await reportFailure(outcome, request.color, world)
    return outcome
  } catch (error) {
    if (!(error instanceof QuantityError)) return { status: await reportBug(error, world) }
    const failure = { status: status.invalid, issues: [quantityIssue(error, path)] }
    await reportFailure(failure, request.color, world)
    return failure
  }
}

async function outcomeOf<Answer>(
  path: string,
  request: Request,
  world: World,
  answer: (question: Question) => Answer,
  answerSaved: AnswerSaved<Answer> | undefined,
): Promise<Outcome<Answer>> {
  if (answerSaved === undefined) {
    const question = await readQuestion(path, request, world)
    return 'status' in question ? question : { answers: [answer(question)] }
  }
  const read = await readQuestionOrSaved(path, request.overrides, world)
  if ('status' in read) return read
  if (!('results' in read)) return { answers: [answer(read)] }
  const again = await answerSaved(read, path)
  return 'status' in again ? again : { answers: again }
}
