import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
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
  /** What is wrong with each of them. */
  readonly failures: readonly FailedScenario[]
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
  const failing: FailedScenario[] = []
  let [documents, unanswered, isRefused] = [0, 0, false]
  const fail = (failure: Failure, file: string): Promise<void> => {
    unanswered += 1
    failing.push(...failedIn(failure, file))
    return report(failure)
  }
  for (const failure of failures) await fail(failure, failure.file)
  const handOn = async (outcome: readonly Part[] | Failure, path: string): Promise<void> => {
    if (isFailure(outcome)) return fail(outcome, path)
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
    const { path, one } = next.value
    documents += 1
    underWay.add(isFailure(one) ? Promise.resolve(one) : attempt(one, () => crew.answer(one)), path)
    await underWay.shrinkBelow(crew.most(documents))
  }
  // Without waiting: where the user interrupts it, a part of the input may never come.
  void input.return()
  await underWay.shrinkBelow(1)
  return { failed, unanswered, failures: failing, documents }
}

async function* documentsOf(
  paths: readonly string[],
  most: number,
  world: World,
): AsyncGenerator<{ readonly path: string; readonly one: Document | Failure }, void> {
  for (const path of paths) {
    for await (const one of documentsIn(path, most, world)) yield { path, one }
  }
}

/** Units of text in a message: it may repeat what the file says. */
const longest = 600

/** Without the trace of a bug, which standard error has. */
function failedIn(failure: Failure, file: string): readonly FailedScenario[] {
  if ('text' in failure) return [{ file, message: failure.text.split('\n', 1).join('') }]
  return failure.issues.map(({ message, expected, suggestion, ...at }) => {
    const more = suggestion ?? expected
    const text = `${message}${more === undefined ? '' : `; ${suggestion === undefined ? 'expected ' : ''}${more}`}`
    return {
      file: at.file,
      line: at.line,
      column: at.column,
      message: text.length > longest ? `${text.slice(0, longest)}…` : text,
    }
  })
}

interface Queue<Outcome> {
  readonly add: (outcome: Promise<Outcome>, path: string) => void
  /** Waits until fewer than that many are under way. */
  readonly shrinkBelow: (most: number) => Promise<void>
}

/** Hands outcomes on in the order in which they were added, each as soon as it is its turn. */
function queueOf<Outcome>(
  handOn: (outcome: Outcome, path: string) => Promise<void>,
): Queue<Outcome> {
  const turns: Promise<void>[] = []
  let last: Promise<void> = Promise.resolve()
  return {
    add: (outcome, path) => {
      last = Promise.all([outcome, last]).then(([known]) => handOn(known, path))
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
