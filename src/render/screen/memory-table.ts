import type { MemoryTaken, Postmortem, TakenLine } from '../../plan/result/postmortem-result.ts'
import { formatBytes, formatCount, formatShare } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import { capital } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { takenWords } from '../words/postmortem-words.ts'
import type { PlainRow } from './plain-table.ts'
import { plainTable } from './plain-table.ts'

/** Groups with a row of their own. */
export const mostHolders = 3

/** What took the memory: every part from a hundredth on, the smaller ones together; they sum to the total. */
export function memoryTable({ memory, constraint }: Postmortem, ink: Ink): readonly string[] {
  const titles = ['Taken by', 'Memory', 'Share']
  const { strong, bad } = brushesOf(ink)
  const small = memory.lines.filter(isSmall)
  const rows = memory.lines
    .filter((line) => line.kind !== 'free' && (small.length < 2 || !isSmall(line)))
    .map(
      (line): PlainRow =>
        line.kind === 'page-tables' ? { ...rowOf(line), paint: bad } : rowOf(line),
    )
  return plainTable(
    titles,
    [
      ...rows,
      ...(small.length < 2 ? [] : [together(small, memory)]),
      ...memory.lines.filter(({ kind }) => kind === 'free').map(rowOf),
      {
        label: constraint === 'cgroup' ? 'All that the cgroup used' : 'All memory',
        cells: [formatBytes(memory.totalBytes)],
        paint: strong,
      },
    ],
    ink,
  )
}

function rowOf({ kind, bytes, fraction }: TakenLine): PlainRow {
  return { label: capital(takenWords[kind]), cells: [formatBytes(bytes), formatShare(fraction)] }
}

/** Below a hundredth; page tables have their row anyway. */
function isSmall({ kind, fraction }: TakenLine): boolean {
  return Math.abs(fraction) < 0.01 && kind !== 'page-tables' && kind !== 'free'
}

function together(small: readonly TakenLine[], { totalBytes }: MemoryTaken): PlainRow {
  const bytes = sumBy(small, (line) => line.bytes)
  const share = totalBytes === 0 ? 0 : bytes / totalBytes
  const words = small.map(({ kind }) => takenWords[kind])
  return { label: capital(words.join(', ')), cells: [formatBytes(bytes), formatShare(share)] }
}

/** Which processes hold the page tables. @param own groups with a row of their own. */
export function holderTable(
  { holders }: Postmortem,
  ink: Ink,
  own: number = mostHolders,
): readonly string[] {
  const width = widthOf(ink)
  if (holders === undefined || holders.groups.length === 0) {
    return wrap('The log lists no processes: who holds the page tables is unknown.', width)
  }
  const all = holders.groups
  const most = all.length > own + 1 ? own : all.length
  const rest = all.slice(most)
  const rows = [
    ...all.slice(0, most).map(({ name, ...each }) => ({
      name: name === undefined ? 'in no group' : named(name, ink),
      ...each,
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            name: `${formatCount(rest.length)} more`,
            processes: sumBy(rest, ({ processes }) => processes),
            bytes: sumBy(rest, ({ bytes }) => bytes),
          },
        ]),
  ]
  const titles = ['Group', 'Processes', 'Page tables', 'Average']
  const { listedProcesses = 0 } = holders
  const cut =
    listedProcesses === 0
      ? 'The log has no list of processes: only killed ones are known.'
      : `The list in the log is cut: it has ${formatCount(listedProcesses)} ${listedProcesses === 1 ? 'process' : 'processes'}, and there were more.`
  return [
    ...plainTable(
      titles,
      rows.map(({ name, processes, bytes }) => ({
        label: name,
        cells: [
          formatCount(processes),
          formatBytes(bytes),
          processes === 0 ? '' : formatBytes(Math.round(bytes / processes)),
        ],
      })),
      ink,
    ),
    ...(holders.isPartial === true ? wrap(cut, width) : []),
  ]
}
