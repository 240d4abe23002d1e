import { outlooks, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { verdict } from '../../render/screen/verdict.ts'
import type { FleetRow } from '../../render/sections/fleet-row.ts'
import { fleetRow } from '../../render/sections/fleet-row.ts'
import { markMeanings, outlookWords, signOf } from '../../render/words/fleet-words.ts'
import { formatCount } from '../../units/format.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/** One scenario of several: its line, and the numbers that lines are sorted by. */
export interface FleetLine extends FleetRow {
  /** For each column, in their order; names are sorted by their text. */
  readonly numbers: readonly (number | undefined | null)[]
  /** Gates that fail. */
  readonly failing: number
  /** The first sentences of the report, for paper. */
  readonly sentence: string
}

export function fleetLine(result: Result): FleetLine {
  const row = fleetRow(result)
  const subject = subjectOf(result)
  return {
    ...row,
    failing: result.gates.filter(({ holds }) => !holds).length,
    sentence: verdict(result, pageInk)[0] ?? '',
    numbers: [
      undefined,
      subject?.pageTables.bytes,
      subject === undefined ? undefined : subject.pageTables.bytes / result.host.memoryBytes,
      subject?.memory.headroomBytes,
      outlooks.indexOf(row.outlook),
      undefined,
    ],
  }
}

const titles = ['Scenario', 'Page tables', 'Share', 'Headroom', 'Risk', 'To do'] as const

/** All scenarios, worst first; each opens its report. */
export function fleetPart(lines: readonly FleetLine[]): readonly Markup[] {
  const labels = labelsOf(lines)
  const marks = new Set(lines.flatMap((line) => line.marks))
  return [
    el('h1', {}, `${formatCount(lines.length)} scenarios, worst first`),
    el('p', {}, tally(lines)),
    el(
      'p',
      { class: 'script' },
      el('label', { for: 'filter' }, 'Show names that contain '),
      el('input', { type: 'search', id: 'filter', autocomplete: 'off' }),
    ),
    el(
      'div',
      { class: 'scroll fleet' },
      el(
        'table',
        { id: 'fleet', class: 'n2 n3 n4' },
        el(
          'caption',
          {},
          'Scenarios',
          el('span', { class: 'script' }, '; a heading sorts by its column'),
        ),
        el('thead', {}, el('tr', {}, ...titles.map(head))),
        el(
          'tbody',
          {},
          ...lines.map((line, index) => row(line, labels[index] ?? line.name, index)),
        ),
      ),
    ),
    ...markMeanings.flatMap(([mark, text]) =>
      marks.has(mark) ? [el('p', { class: 'note' }, text)] : [],
    ),
    ...onPaper(lines, labels),
  ]
}

/** What no script can open: each verdict, and where the rest is. */
function onPaper(lines: readonly FleetLine[], labels: readonly string[]): readonly Tagged[] {
  return [
    el(
      'dl',
      { class: 'paper' },
      ...lines.flatMap((line, index) => [
        el('dt', {}, labels[index] ?? line.name),
        el('dd', {}, line.sentence),
      ]),
    ),
    el('p', { class: 'paper note' }, 'All of one scenario: mshare-plan report FILE'),
  ]
}

function head(title: string, column: number): Tagged {
  return el('th', { scope: 'col' }, el('button', { type: 'button', 'data-sort': column }, title))
}

function row(line: FleetLine, label: string, index: number): Tagged {
  const { pageTables, share, headroom, outlook, marks, toDo } = line
  const signs = marks.map((mark) => signOf[mark]).join('')
  const cell = (text: Markup, column: number, ...more: readonly Markup[]): Tagged =>
    el('td', { 'data-number': line.numbers[column] ?? undefined }, text, more)
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, el('a', { href: `#scenario-${index + 1}` }, label)),
    cell(pageTables, 1),
    cell(share, 2),
    cell(headroom, 3),
    cell(
      el('span', { class: `risk ${outlook}` }, `${outlookWords[outlook]} ${signs}`.trim()),
      4,
      ...(line.failing === 0 ? [] : [el('span', { class: 'risk oom' }, ', gate fails')]),
    ),
    cell(toDo, 5),
  )
}

/** The file, or the name where a file has several; with its line where two have that name. */
function labelsOf(lines: readonly FleetLine[]): readonly string[] {
  const shared = new Set(lines.flatMap(({ file, line }) => (line === undefined ? [] : [file])))
  const names = new Map<string, number>()
  for (const { name } of lines) names.set(name, (names.get(name) ?? 0) + 1)
  return lines.map(({ file, name, line = 1 }) => {
    if (!shared.has(file)) return file
    return names.get(name) === 1 ? name : `${name}:${line}`
  })
}

/** `2 no start, 8 oom`: the worst first. */
function tally(lines: readonly FleetLine[]): string {
  const counts = outlooks.flatMap((outlook) => {
    const count = lines.filter((line) => line.outlook === outlook).length
    return count === 0 ? [] : [`${formatCount(count)} ${outlookWords[outlook]}`]
  })
  return `${counts.join(', ')}.`
}
