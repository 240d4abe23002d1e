import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import { renderJsonLines, renderJsonList } from '../../render/json.ts'
import type { Request } from '../arguments/request.ts'
import type { Text, World } from '../machine/world.ts'
import type { Renderers } from '../output/delivery.ts'
import { deliverResults } from '../output/delivery.ts'
import type { Gathering } from '../output/gathering.ts'
import type { Status } from '../output/status.ts'
import type { Answered, Answerer, Crew } from '../scenarios/answers.ts'
import { crewOf } from '../scenarios/crew.ts'

/** Delivers what was gathered, but for the lines that were printed on the way. */
export async function deliverGathered<Entry>(
  request: Request,
  gathering: Gathering<Entry>,
  answered: Omit<Answered, 'documents'>,
  world: World,
  renderers: Renderers,
): Promise<Status> {
  const { format, ...rest } = request
  const left = gathering.hasPrinted || format === undefined ? rest : { ...rest, format }
  const count = gathering.count()
  const failures = failureLines(answered.failures)
  if (gathering.hasPrinted && count > 0) await world.stdout.write(failures)
  return deliverResults(left, { count, ...answered }, world, {
    ndjson: async () => followed(gathering.texts('ndjson'), failures),
    ...renderers,
  })
}

/** Scenarios without a result, behind the results. */
function failureLines(failures: readonly FailedScenario[]): string {
  return renderJsonLines(
    failures.map((failure) => ({ schema: 'mshare-plan/failure/1', ...failure })),
  )
}

function* followed(texts: Iterable<string>, last: string): Generator<string, void> {
  yield* texts
  yield last
}

/** The one result, or the list of all. */
export async function jsonText(
  texts: Iterable<string>,
  list: { readonly schema: string; readonly key: string } | false,
  failures: readonly FailedScenario[],
): Promise<Text> {
  if (list === false) return texts
  return renderJsonList(list, texts, failures)
}

/** Answers here and in as many threads as the command line asks for, or pay. */
export function crewFor<Part>(
  answer: Answerer<Part>,
  task: { readonly request: Request },
  { workers }: World,
): Crew<Part> {
  const { jobs } = task.request.options
  return crewOf(answer, { ...(jobs === undefined ? {} : { jobs }), task }, workers)
}
