import { kindNamed, kindWords } from './file-names.ts'
import type { FreeMemory } from './free-table.ts'
import { freeUnit, memoryOfFree } from './free-table.ts'
import type { FreeBlocks } from './node-tables.ts'
import { holds, piecesIn } from './printed-text.ts'
import type { ListedProcess, ProcessList } from './process-list.ts'
import type { ListedSegment, SegmentTotals } from './segment-list.ts'
import type { Piece } from './table-blocks.ts'

/** What files with the outputs of commands say of a machine. */
export interface PrintedMachine {
  /** Copies of files of /proc, by path. */
  readonly files: ReadonlyMap<string, string>
  readonly list?: ProcessList & { readonly source: string }
  /** Of `ipcs -m`. */
  readonly segments?: readonly ListedSegment[]
  readonly totals?: Partial<SegmentTotals>
  readonly free?: FreeMemory
  /** Meminfo by `numastat -m`, which rounds to a hundredth of a MiB. */
  readonly ofNodes?: string
  readonly nodes?: number
  readonly blocks: readonly FreeBlocks[]
  /** Sentences on what was ignored. */
  readonly remarks: readonly string[]
}

/** Puts together what the texts of one machine hold. Of several copies of a table the last one counts. */
export function printedMachine(
  texts: readonly { readonly name: string; readonly text: string }[],
): PrintedMachine | undefined {
  const pieces: Piece[] = []
  const remarks: string[] = []
  for (const { name, text } of texts) {
    const found = piecesIn(name, text)
    const kind = kindNamed(name)
    if (kind !== undefined && !holds(found, kind)) {
      const why = text.trim() === '' ? 'it is empty' : `it has no ${kindWords[kind]}`
      remarks.push(`ignored ${name}: ${why}`)
    }
    pieces.push(...found)
  }
  if (pieces.length === 0) return remarks.length === 0 ? undefined : { ...empty, remarks }
  return assembled(pieces, remarks)
}

const empty = { files: new Map<string, string>(), blocks: [] }

function assembled(pieces: readonly Piece[], remarks: string[]): PrintedMachine {
  const files = new Map<string, string>()
  const of = <Kind extends Piece['kind']>(kind: Kind): readonly Extract<Piece, { kind: Kind }>[] =>
    pieces.filter((piece): piece is Extract<Piece, { kind: Kind }> => piece.kind === kind)
  for (const { path, text } of of('file')) files.set(path, text)
  const copies = of('file').filter(({ path }) => path === 'proc/meminfo')
  if (copies.length > 1) {
    const names = [...new Set(copies.map(({ source }) => source))].join(', ')
    remarks.push(`${copies.length} copies of /proc/meminfo (${names}): the last one is used`)
  }
  const list = bestList(of('processes'))
  const segments = of('segments').at(-1)
  const makers = new Map(of('makers').flatMap((piece) => [...piece.makers]))
  const totals = of('totals').at(-1)?.totals
  const printed = of('free').at(-1)
  const nodes = of('nodes')
  const ofNodes = nodes.findLast(({ meminfo }) => /^MemTotal:/m.test(meminfo))?.meminfo
  const known = nodes.at(-1)?.nodes
  remarks.push(...unreadable(list, segments))
  return {
    files,
    remarks,
    blocks: of('blocks').at(-1)?.blocks ?? [],
    ...(list === undefined ? {} : { list }),
    ...(segments === undefined ? {} : { segments: withMakers(segments.segments, makers) }),
    ...(totals === undefined ? {} : { totals }),
    ...(printed === undefined
      ? {}
      : { free: memoryOfFree(printed.table, freeUnit(printed.command), inMemory(list)) }),
    ...(ofNodes === undefined ? {} : { ofNodes }),
    ...(known === undefined ? {} : { nodes: known }),
  }
}

function unreadable(
  list: PrintedMachine['list'],
  segments: Extract<Piece, { kind: 'segments' }> | undefined,
): readonly string[] {
  return [
    list && { source: list.source, lines: list.unreadable },
    segments && { source: segments.source, lines: segments.unreadable },
  ]
    .filter((one) => one !== undefined)
    .filter(({ lines }) => lines > 0)
    .map(
      ({ source, lines }) => `${source}: ignored ${lines} unreadable line${lines === 1 ? '' : 's'}`,
    )
}

function withMakers(
  segments: readonly ListedSegment[],
  makers: ReadonlyMap<number, number>,
): readonly ListedSegment[] {
  return segments.map((one) => ({ ...one, maker: makers.get(one.id) ?? 0 }))
}

/** The largest resident size of a process: the machine has at least that much memory. */
function inMemory(list: ProcessList | undefined): number {
  return (list?.processes ?? []).reduce((most, { rss = 0 }) => Math.max(most, rss), 0)
}

/** The list that says most of each process; the others add what it does not say. */
function bestList(lists: readonly Extract<Piece, { kind: 'processes' }>[]): PrintedMachine['list'] {
  const known = lists.filter(({ list }) => list.processes.length > 0)
  const best = known.reduce<(typeof known)[number] | undefined>(
    (most, one) => (most === undefined || worthOf(one.list) >= worthOf(most.list) ? one : most),
    undefined,
  )
  if (best === undefined) return undefined
  const more = new Map<number, ListedProcess>()
  for (const { list } of known) {
    if (list === best.list) continue
    for (const process of list.processes)
      more.set(process.pid, { ...more.get(process.pid), ...process })
  }
  if (more.size === 0) return { ...best.list, source: best.source }
  const processes = best.list.processes.map((process) => joined(process, more.get(process.pid)))
  return { ...best.list, processes, source: best.source }
}

/** RSS first; then the command line and the size, of which lists of a few rows have little. */
function worthOf({ hasRss, processes }: ProcessList): number {
  return (hasRss ? 2 ** 40 : 0) + processes.length * 2 + (processes[0]?.size === undefined ? 0 : 1)
}

/** The same process in another list, unless its number was given to another one in between. */
function joined(process: ListedProcess, other: ListedProcess | undefined): ListedProcess {
  if (other === undefined) return process
  const threads = Math.max(process.threads, other.threads)
  const title = other.title.startsWith(process.title) ? other.title : process.title
  return { ...other, ...process, threads, title }
}
