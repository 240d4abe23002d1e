import type { Request } from '../arguments/request.ts'
import type { Watch, World } from '../machine/world.ts'
import { largestSaved, largestScenario } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, worstStatus } from '../output/status.ts'
import { attempt, isFailure } from './attempt.ts'
import type { Document } from './document.ts'
import { documentsIn } from './documents.ts'
import type { Sources } from './sources.ts'

/** What a command makes of one document: results, of a scenario or as they were saved. */
export type Answerer<Part> = (document: Document) => Promise<readonly Part[] | Failure>

/** What became of all documents. */
export interface Answered {
  /** Why the run is not complete, each reported: that of a document or a file, or what ended it early. */
  readonly failed: readonly Status[]
  /** Documents and files that have no result. */
  readonly unanswered: number
  /** Documents that were read. */
  readonly documents: number
}

/** Answers documents, in the order of the input: here or in threads. */
export interface Crew<Part> {
  readonly answer: Answerer<Part>
  /** Documents that may be under way at once: one where they are answered here. */
  readonly most: (documents: number) => number
  readonly close: () => void
}

/** Answers each document here, in its turn. */
export function alone<Part>(answer: Answerer<Part>): Crew<Part> {
  return { answer, most: () => 1, close: () => {} }
}

/**
 * Reads, answers and hands on one document after another, in the order of the input, so that memory
 * does not grow with their number. What is wrong with one of them is reported in its turn; the others
 * are answered. If the user interrupts it, the results so far are delivered.
 * @param take gets each result; a status that it returns has been reported, and ends the work.
 * @param deliver prints what `take` was given.
 */
export async function answerAll<Part>(
  request: Pick<Request, 'command' | 'color'>,
  sources: Sources,
  world: World,
  crew: Crew<Part>,
  take: (part: Part) => Promise<Status | undefined>,
  deliver: (answered: Answered) => Promise<Status>,
): Promise<Status> {
  const watch = world.watchInterrupts()
  try {
    const answered = await answersOf(request, sources, world, crew, take, watch)
    const delivered = await deliver(answered)
    return worstStatus([...answered.failed, delivered])
  } finally {
    crew.close()
    watch.end()
  }
}

async function answersOf<Part>(
  { command, color }: Pick<Request, 'command' | 'color'>,
  { paths, failures }: Sources,
  world: World,
  crew: Crew<Part>,
  take: (part: Part) => Promise<Status | undefined>,
  watch: Watch,
): Promise<Answered> {
  const failed: Status[] = []
  const report = async (failure: Failure): Promise<void> => {
    failed.push(await reportFailure(failure, color, world))
  }
  for (const failure of failures) await report(failure)
  let [documents, unanswered, isRefused] = [0, failures.length, false]
  const handOn = async (outcome: readonly Part[] | Failure): Promise<void> => {
    if (isFailure(outcome)) {
      unanswered += 1
      return report(outcome)
    }
    for (const part of outcome) {
      const refused = isRefused ? undefined : await take(part)
      if (refused === undefined) continue
      failed.push(refused)
      isRefused = true
    }
  }
  const underWay = queueOf(handOn)
  const most = command === 'check' ? largestSaved : largestScenario
  const input = documentsOf(paths, most, world)
  while (!isRefused) {
    const next = await watch.before(input.next())
    if (next === 'interrupted') await report(interruptedAfter(documents))
    if (next === 'interrupted' || next.done) break
    const one = next.value
    documents += 1
    underWay.add(isFailure(one) ? Promise.resolve(one) : attempt(one, () => crew.answer(one)))
    await underWay.shrinkBelow(crew.most(documents))
  }
  // Without waiting: where the user interrupts it, a part of the input may never come.
  void input.return()
  await underWay.shrinkBelow(1)
  return { failed, unanswered, documents }
}

async function* documentsOf(
  paths: readonly string[],
  most: number,
  world: World,
): AsyncGenerator<Document | Failure, void> {
  for (const path of paths) yield* documentsIn(path, most, world)
}

interface Queue<Outcome> {
  readonly add: (outcome: Promise<Outcome>) => void
  /** Waits until fewer than that many are under way. */
  readonly shrinkBelow: (most: number) => Promise<void>
}

/** Hands outcomes on in the order in which they were added, each as soon as it is its turn. */
function queueOf<Outcome>(handOn: (outcome: Outcome) => Promise<void>): Queue<Outcome> {
  const turns: Promise<void>[] = []
  let last: Promise<void> = Promise.resolve()
  return {
    add: (outcome) => {
      last = Promise.all([outcome, last]).then(([known]) => handOn(known))
      // Its fault is met where its turn is awaited.
      last.catch(() => {})
      turns.push(last)
    },
    shrinkBelow: async (most) => {
      while (turns.length >= most) await turns.shift()
    },
  }
}

function interruptedAfter(documents: number): Failure {
  const scenarios = documents === 1 ? '1 scenario' : `${documents} scenarios`
  const text = `interrupted after ${scenarios}; the rest is not read`
  return { status: status.notDone, text }
}
