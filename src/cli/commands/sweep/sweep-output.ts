import type {
  RiskChange,
  SweepHead,
  SweepPoint,
} from '../../../plan/result/what-if/sweep-result.ts'
import type { SweepAxis, SweptPoint } from '../../../plan/sweep/sweep.ts'
import { renderSweep } from '../../../render/sweep.ts'
import {
  csvOfPoint,
  csvOfSweep,
  jsonOfPoint,
  jsonOfSweep,
  lineOfPoint,
} from '../../../render/sweep-lines.ts'
import { shownOnPage } from '../../../report/sweep/shown-points.ts'
import type { Request } from '../../arguments/request.ts'
import type { Refusal, Text, World } from '../../machine/world.ts'
import { deliver } from '../../output/delivery.ts'
import type { Format } from '../../output/formats.ts'
import { refusalText, statusOfRefusal } from '../../output/refusal.ts'
import { reportText } from '../../output/report.ts'
import type { Spool } from '../../output/spool.ts'
import { spoolOf } from '../../output/spool.ts'
import type { Status } from '../../output/status.ts'
import { status } from '../../output/status.ts'

/** Formats that have a text for each point. */
type PointFormat = 'csv' | 'ndjson' | 'json'

/** Takes the points one after another and writes them in every form that is asked for. */
export async function deliverSweep(
  request: Request,
  head: SweepHead,
  axes: readonly SweepAxis[],
  points: Iterable<SweptPoint>,
  world: World,
): Promise<Status> {
  const { format, outputs, options } = request
  const streamed = format === 'csv' || format === 'ndjson' ? format : undefined
  const wanted = new Set(outputs.map((output) => output.format))
  if (format !== undefined && streamed === undefined) wanted.add(format)
  const kept = keptFor(wanted, world)
  const print = printing(streamed, head, world)
  const seen = seenFor(thinned(axes))
  const onPage = wanted.has('html') ? await pageFor(axes) : undefined
  const takeAll = async (): Promise<Status | undefined> => {
    for (const swept of points) {
      const refusal = (await print.take(swept)) ?? kept.take(head, swept)
      if (refusal !== undefined) return refusedBy(refusal, world)
      // Nobody reads the rest, and no file needs it.
      if (world.stdout.isClosed && outputs.length === 0) return status.notDone
      seen.take(swept)
      onPage?.take(swept)
    }
    const refusal = await print.flush()
    return refusal === undefined ? undefined : refusedBy(refusal, world)
  }
  try {
    const ended = await takeAll()
    if (ended !== undefined) return ended
    const { shown, changes, turns } = seen.all()
    const { noChart = false } = options
    return await deliver(streamed === undefined ? request : withoutFormat(request), world, {
      table: async (ink) => renderSweep({ head, points: shown, changes, turns, noChart }, ink),
      json: async () => jsonOfSweep(head, kept.texts('json'), changes, turns),
      ndjson: async () => kept.texts('ndjson'),
      csv: async () => csvOfSweep(head, kept.texts('csv')),
      html: async () => onPage?.text(head, changes, turns) ?? [],
    })
  } finally {
    kept.close()
  }
}

async function refusedBy(refusal: Refusal, world: World): Promise<Status> {
  await reportText(refusalText('write', refusal), world)
  return statusOfRefusal(refusal)
}

interface Seen {
  readonly take: (swept: SweptPoint) => void
  readonly all: () => {
    readonly shown: readonly SweepPoint[]
    readonly changes: readonly RiskChange[]
    readonly turns: boolean
  }
}

/** What a table and a picture need. */
function seenFor(isShown: (number: number) => boolean): Seen {
  const shown: SweepPoint[] = []
  const changes: RiskChange[] = []
  let [turned, number] = [false, 0]
  return {
    take: (swept) => {
      if (isShown(number)) shown.push(swept.point)
      if (changes.length < mostChanges) changes.push(...swept.changes)
      turned ||= swept.turns
      number += 1
    },
    all: () => ({ shown, changes, turns: turned }),
  }
}

/** More than anyone reads: lines of NDJSON have all of them. */
const mostChanges = 100_000

interface OnPage {
  readonly take: (swept: SweptPoint) => void
  readonly text: (head: SweepHead, changes: readonly RiskChange[], turns: boolean) => Text
}

/** What a page shows. */
async function pageFor(axes: readonly SweepAxis[]): Promise<OnPage> {
  const { writeSweep } = await import('../../../report/sweep/write-sweep.ts')
  const points: SweepPoint[] = []
  const isShown = shownOnPage(axes)
  let number = 0
  return {
    take: ({ point }) => {
      if (isShown(number)) points.push(point)
      number += 1
    },
    text: (head, changes, turns) => writeSweep({ head, points, changes, turns }),
  }
}

function withoutFormat({ format: _, ...rest }: Request): Omit<Request, 'format'> {
  return rest
}

const textOf: Readonly<Record<PointFormat, (head: SweepHead, swept: SweptPoint) => string>> = {
  csv: csvOfPoint,
  ndjson: lineOfPoint,
  json: jsonOfPoint,
}

const chunk = 2 ** 16

interface Kept {
  readonly take: (head: SweepHead, swept: SweptPoint) => Refusal | undefined
  readonly texts: (format: PointFormat) => Iterable<string>
  readonly close: () => void
}

/** Texts for what is written at the end. A file has them, not memory. */
function keptFor(wanted: ReadonlySet<Format>, world: World): Kept {
  const spools = new Map<PointFormat, { readonly spool: Spool; waiting: string }>()
  for (const format of ['csv', 'ndjson', 'json'] as const) {
    if (wanted.has(format)) spools.set(format, { spool: spoolOf(world), waiting: '' })
  }
  return {
    take: (head, swept) => {
      for (const [format, one] of spools) {
        one.waiting += textOf[format](head, swept)
        if (one.waiting.length < chunk) continue
        const refusal = one.spool.add([], one.waiting)
        if (refusal !== undefined) return refusal
        one.waiting = ''
      }
      return undefined
    },
    *texts(format) {
      const one = spools.get(format)
      if (one === undefined) return
      yield* one.spool.texts()
      yield one.waiting
    },
    close: () => {
      for (const { spool } of spools.values()) spool.close()
    },
  }
}

interface Printing {
  readonly take: (swept: SweptPoint) => Promise<Refusal | undefined>
  readonly flush: () => Promise<Refusal | undefined>
}

/** Prints lines as they come, some at once; who reads slowly is waited for. */
function printing(format: 'csv' | 'ndjson' | undefined, head: SweepHead, world: World): Printing {
  let waiting = format === 'csv' ? [...csvOfSweep(head, [])].join('') : ''
  const flush = async (): Promise<Refusal | undefined> => {
    const text = waiting
    waiting = ''
    return text === '' ? undefined : world.stdout.write(text)
  }
  return {
    take: async (swept) => {
      if (format === undefined) return undefined
      waiting += textOf[format](head, swept)
      return waiting.length < lines ? undefined : flush()
    },
    flush,
  }
}

/** Characters that are written at once. */
const lines = 2 ** 12

/** Which points a table and a picture have: all, or some at equal distances and the last. */
function thinned([first, second]: readonly SweepAxis[]): (number: number) => boolean {
  const across = second?.length ?? 1
  const isMatrix = across <= mostAcross
  const rows = isMatrix ? (first?.length ?? 0) : (first?.length ?? 0) * across
  const every = Math.max(1, Math.ceil(rows / mostRows))
  return (number) => {
    const row = isMatrix ? Math.floor(number / across) : number
    return row % every === 0 || row === rows - 1
  }
}

/** Columns of a table with two axes. */
export const mostAcross = 6
const mostRows = 150
