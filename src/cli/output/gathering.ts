import type { Ink } from '../../render/text/ink.ts'
import type { Refusal, World } from '../machine/world.ts'
import type { OutputRequest } from './delivery.ts'
import { fileInk } from './ink-choice.ts'
import type { Part, TextForm } from './part.ts'
import { refusalText, refusalWords, shownPath, statusOfRefusal } from './refusal.ts'
import { reportText } from './report.ts'
import type { Spool } from './spool.ts'
import { compareRanks, spoolOf } from './spool.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'

/** Results on their way to the outputs. */
export interface Gathering<Entry> {
  /** Takes the next result. What it returns has been reported, and ends the work. */
  readonly take: (part: Part<Entry>) => Promise<Status | undefined>
  /** Results that were taken. */
  readonly count: () => number
  /** Lines of NDJSON are on standard output already. */
  readonly hasPrinted: boolean
  /** Of all results, in order. */
  readonly entries: () => readonly Entry[]
  /** All results in one form, in order. */
  readonly texts: (form: TextForm) => Iterable<string>
  /** The status that failed verdicts add to that of the run. */
  readonly judged: () => Status
  readonly close: () => void
}

/**
 * Gathers results for the end of the run, where they are put in order.
 * @param isStream lines of NDJSON are in the order of the input, and on standard output at once.
 */
export function gather<Entry>(
  request: OutputRequest & { readonly options: { readonly exitZero?: true } },
  world: World,
  isStream: boolean,
): Gathering<Entry> {
  const entries: { readonly rank: readonly number[]; readonly entry: Entry }[] = []
  const spools = new Map<TextForm, Spool>()
  let judged: Status = status.answered
  const keep = (part: Part<Entry>, form: TextForm): Refusal | undefined => {
    const text = part.texts[form]
    if (text === undefined) return undefined
    const spool = spools.get(form) ?? spoolOf(world)
    spools.set(form, spool)
    return spool.add(form === 'ndjson' && isStream ? [] : part.rank, text)
  }
  const isPrinted = isStream && request.format === 'ndjson'
  const forms = formsToKeep(request, isPrinted)
  const print = async (line: string | undefined): Promise<Status | undefined> => {
    if (!isPrinted || line === undefined) return undefined
    const refusal = await world.stdout.write(line)
    if (refusal !== undefined) return endedBy(refusal, refusalText('write', refusal), world)
    // Nobody waits for the rest, which may have no end.
    const isSeen = world.stdout.isClosed && request.outputs.length === 0
    return isSeen ? status.notDone : undefined
  }
  return {
    take: async (part) => {
      if (part.verdict === 'fail' && !request.options.exitZero) judged = status.gateFailed
      entries.push({ rank: part.rank, entry: part.entry })
      const ended = await print(part.texts.ndjson)
      if (ended !== undefined) return ended
      let refusal: Refusal | undefined
      for (const form of forms) refusal ??= keep(part, form)
      return refusal === undefined ? undefined : endedBy(refusal, withoutRoom(refusal), world)
    },
    count: () => entries.length,
    hasPrinted: isPrinted,
    entries: () =>
      entries
        .toSorted((one, other) => compareRanks(one.rank, other.rank))
        .map(({ entry }) => entry),
    texts: (form) => spools.get(form)?.texts() ?? [],
    judged: () => judged,
    close: () => {
      for (const spool of spools.values()) spool.close()
    },
  }
}

async function endedBy(refusal: Refusal, text: string, world: World): Promise<Status> {
  await reportText(`${text}; the rest is not read`, world)
  return statusOfRefusal(refusal)
}

function withoutRoom(refusal: Refusal): string {
  const why = refusalWords(refusal, 'scenario')
  return `no room for results in ${shownPath(refusal.path)}, the directory for temporary files (TMPDIR): ${why}`
}

/** Lines that were printed are kept for files only. */
function formsToKeep({ outputs }: OutputRequest, isPrinted: boolean): readonly TextForm[] {
  const lines = !isPrinted || outputs.some(({ format }) => format === 'ndjson')
  return lines
    ? ['json', 'stdout', 'file', 'placed', 'page', 'ndjson']
    : ['json', 'stdout', 'file', 'placed', 'page']
}

/** The tables of each result for an output, with a blank line between them. */
export function* tablesIn(
  { texts }: Pick<Gathering<unknown>, 'texts'>,
  ink: Ink,
): Generator<string, void> {
  let before = ''
  for (const table of texts(ink === fileInk ? 'file' : 'stdout')) {
    yield before + table
    before = '\n'
  }
}
