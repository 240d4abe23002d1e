import type { MemoryTaken, Postmortem, TakenLine } from '../../plan/result/postmortem-result.ts'
import { formatBytes, formatCount, formatShare } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import { capital } from '../text/amounts.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { takenWords } from '../words/postmortem-words.ts'

/** Groups with a row of their own. */
export const mostHolders = 3

/** What took the memory: every part from a hundredth on, the smaller ones together; they sum to the total. */
export function memoryTable({ memory, constraint }: Postmortem, ink: Ink): readonly string[] {
  const small = memory.lines.filter(isSmall)
  const large = memory.lines.filter((line) => small.length < 2 || !isSmall(line))
  const { strong, bad } = brushesOf(ink)
  const rows: readonly Row[] = [
    ...large
      .filter(({ kind }) => kind !== 'free')
      .map(({ kind, bytes, fraction }): Row => {
        const cells = [capital(takenWords[kind]), formatBytes(bytes), formatShare(fraction)]
        return kind === 'page-tables' ? { cells, paint: new Map([[0, bad]]) } : { cells }
      }),
    ...(small.length < 2 ? [] : [together(small, memory)]),
    ...memory.lines
      .filter(({ kind }) => kind === 'free')
      .map(
        ({ bytes, fraction }): Row => ({
          cells: ['Free', formatBytes(bytes), formatShare(fraction)],
        }),
      ),
    {
      cells: [
        constraint === 'cgroup' ? 'All that the cgroup used' : 'All memory',
        formatBytes(memory.totalBytes),
        '',
      ],
      paint: new Map([[0, strong]]),
    },
  ]
  const columns = [
    { title: 'Taken by', align: 'left' },
    { title: 'Memory', align: 'right' },
    { title: 'Share', align: 'right' },
  ] as const
  return renderGrid(columns, rows, ink)
}

/** Below a hundredth; page tables have their row anyway. */
function isSmall({ kind, fraction }: TakenLine): boolean {
  return Math.abs(fraction) < 0.01 && kind !== 'page-tables' && kind !== 'free'
}

function together(small: readonly TakenLine[], { totalBytes }: MemoryTaken): Row {
  const bytes = sumBy(small, (line) => line.bytes)
  const share = totalBytes === 0 ? 0 : bytes / totalBytes
  const words = small.map(({ kind }) => takenWords[kind])
  return { cells: [capital(words.join(', ')), formatBytes(bytes), formatShare(share)] }
}

/** Which processes hold the page tables. @param own groups with a row of their own. */
export function holderTable(
  { holders }: Postmortem,
  ink: Ink,
  own: number = mostHolders,
): readonly string[] {
  const width = widthOf(ink)
  if (holders === undefined) {
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
  const columns = [
    { title: 'Group', align: 'left' },
    { title: 'Processes', align: 'right' },
    { title: 'Page tables', align: 'right', isWhole: true },
    { title: 'Average', align: 'right' },
  ] as const
  const cut = `The list in the log is cut: it has ${formatCount(holders.listedProcesses ?? 0)} processes, and there were more.`
  return [
    ...renderGrid(
      columns,
      rows.map(({ name, processes, bytes }) => ({
        cells: [
          name,
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
