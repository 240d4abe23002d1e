import { renderJsonList } from '../../render/json.ts'
import type { Request } from '../arguments/request.ts'
import type { Text, World } from '../machine/world.ts'
import type { Renderers } from '../output/delivery.ts'
import { deliverResults } from '../output/delivery.ts'
import type { Gathering } from '../output/gathering.ts'
import type { Status } from '../output/status.ts'
import type { Answerer, Crew } from '../scenarios/answers.ts'
import { crewOf } from '../scenarios/crew.ts'

/** Delivers what was gathered, but for the lines that were printed on the way. */
export function deliverGathered<Entry>(
  request: Request,
  gathering: Gathering<Entry>,
  failed: readonly Status[],
  world: World,
  renderers: Renderers,
): Promise<Status> {
  const { format, ...rest } = request
  const left = gathering.hasPrinted || format === undefined ? rest : { ...rest, format }
  return deliverResults(left, gathering.count(), failed, world, {
    ndjson: async () => gathering.texts('ndjson'),
    ...renderers,
  })
}

/** The one result, or the list of all. */
export async function jsonText(
  texts: Iterable<string>,
  list: { readonly schema: string; readonly key: string } | false,
): Promise<Text> {
  if (list === false) return texts
  return renderJsonList(list, texts)
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
