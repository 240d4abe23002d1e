import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { assumed } from '../../render/screen/assumed.ts'
import { assumptions } from '../../render/sections/assumptions.ts'
import { budgetNotes } from '../../render/sections/budget-notes.ts'
import { findings } from '../../render/sections/findings.ts'
import { labelNamed } from '../../render/sections/strategy.ts'
import { limitAndActual, marginText, metricWords } from '../../render/words/gate-words.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { table } from '../markup/table.ts'
import type { View } from './view.ts'
import { shownStrategy } from './view.ts'

/** Rows of a table that is not asked for by itself. */
const mostRows = 100

/** What was assumed, in a sentence: it is never folded. */
export function assumedPart({ result }: View): readonly Markup[] {
  return assumed(result, pageInk).map((line) => el('p', {}, line))
}

/** Everything else, folded, each under a title that says how much it is. */
export function foldedParts(view: View): readonly Markup[] {
  const { result } = view
  const strategy = shownStrategy(view)
  return [
    folded(`Findings (${formatCount(result.findings.length)})`, lines(findings(result, pageInk))),
    ...(result.gates.length === 0 ? [] : [folded(`Gates (${result.gates.length})`, gates(result))]),
    ...(strategy === undefined
      ? []
      : [
          folded('Pools, cgroups and promises', lines(budgetNotes(strategy, pageInk))),
          folded('Groups and regions', groups(strategy)),
        ]),
    folded(
      `Defaults and assumptions (${formatCount(result.assumptions.length)})`,
      lines(assumptions(result, pageInk)),
    ),
    folded('Identity', identity(result)),
  ]
}

/** Closed until a reader opens it; print shows it open. */
export function folded(title: string, content: readonly Markup[]): Tagged {
  return el('details', {}, el('summary', {}, el('h2', {}, title)), ...content)
}

/** Paragraphs; a line that is indented belongs to the one above. */
function lines(all: readonly string[]): readonly Markup[] {
  const blocks: string[][] = []
  for (const line of all) {
    const last = blocks.at(-1)
    if (last !== undefined && line.startsWith(' ')) last.push(line.trim())
    else blocks.push([line.trim()])
  }
  if (blocks.length === 0) return [el('p', {}, 'No line.')]
  return blocks
    .slice(0, mostRows)
    .map((block) =>
      el('p', {}, ...block.flatMap((line, index) => (index === 0 ? [line] : [el('br'), line]))),
    )
    .concat(more(blocks.length))
}

function more(all: number): readonly Tagged[] {
  const rest = all - mostRows
  if (rest <= 0) return []
  return [el('p', { class: 'note' }, `${formatCount(rest)} more: mshare-plan FILE --details`)]
}

function gates(result: Result): readonly Markup[] {
  const rows = result.gates.map((gate) => {
    const { name, from, bound } = metricWords(gate)
    return [
      `${name}${from} ${bound}`,
      ...limitAndActual(gate),
      marginText(gate),
      labelNamed(gate.strategy, result),
      gate.holds ? 'holds' : 'FAILS',
    ]
  })
  return [
    table(['Gate', 'Limit', 'Actual', 'Margin', 'Strategy', 'Holds'], rows, { numbers: [1, 2, 3] }),
  ]
}

function groups({ groups: all, regions }: PlannedStrategy): readonly Markup[] {
  return [
    table(
      ['Group', 'Processes', 'Page tables of one', 'VmPTE of one'],
      all
        .slice(0, mostRows)
        .map(({ name, processes, perProcess }) => [
          name,
          formatCount(processes),
          formatBytes(perProcess.bytes),
          formatBytes(perProcess.vmPteBytes),
        ]),
      { numbers: [1, 2, 3], caption: 'Groups' },
    ),
    ...more(all.length),
    table(
      ['Region', 'Page tables of all processes'],
      regions.slice(0, mostRows).map(({ name, bytes }) => [name, formatBytes(bytes)]),
      { numbers: [1], caption: 'Regions' },
    ),
    ...more(regions.length),
  ]
}

function identity({ tool, scenario }: Result): readonly Markup[] {
  return [
    el('p', {}, `${tool.name} ${tool.version}`),
    el('p', {}, 'scenario sha256 ', el('code', {}, scenario.fingerprint)),
  ]
}
