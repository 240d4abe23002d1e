import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import type { Result } from '../../plan/result/result.ts'
import { formatCount } from '../../units/format.ts'
import { printable } from '../../units/printable.ts'
import { fleetRow } from '../sections/fleet-row.ts'
import { labelNamed } from '../sections/strategy.ts'
import { inkOfNames, named } from '../text/ink.ts'
import { markdownTable, prose } from '../text/markdown.ts'
import { outlookWords, signOf } from '../words/fleet-words.ts'
import { caseText, limitAndActual, marginText, metricWords } from '../words/gate-words.ts'
import type { AllResults } from './all-results.ts'
import type { Block } from './markdown.ts'
import { resultBlocks } from './markdown.ts'

/** A comment on GitHub has at most 65,536 characters; some are left for what surrounds the page. */
const mostCharacters = 65_000

/** Rows of a table before the others are only counted. */
const mostRows = 200

/** The plan as a page for a comment of a pull request, or the summary of a job. */
export function planMarkdown(all: AllResults<Result>): readonly string[] {
  const results = firstOf(all)
  const [only] = results.shown
  if (results.count === 1 && all.unanswered === 0 && only !== undefined)
    return page(resultBlocks(only))
  return page([
    { lines: fleetLines(results) },
    { lines: unanswered(all) },
    ...results.shown.map((result) => ({
      lines: [
        ...['<details>', `<summary>${summaryOf(result)}</summary>`, ''],
        ...resultBlocks(result, 3).flatMap(({ lines }) => lines),
        ...['', '</details>', ''],
      ],
      instead: 'Details of a scenario',
    })),
  ])
}

/** The gates as a page. */
export function checkMarkdown(all: AllResults<Result>): readonly string[] {
  const { shown, count, failed } = firstOf(all)
  const verdict = failed > 0 || all.unanswered > 0 ? 'fail' : 'pass'
  const scenarios = `${formatCount(count + all.unanswered)} ${count + all.unanswered === 1 ? 'scenario' : 'scenarios'}`
  const rows = shown.flatMap(gateRows)
  return page([
    {
      lines: [
        ...[`## Memory plan: ${verdict}`, ''],
        ...[`${scenarios}, ${formatCount(failed)} failed.`, ''],
        ...markdownTable(gateColumns, rows.slice(0, mostRows)),
        '',
      ],
    },
    {
      lines:
        rows.length > mostRows ? [`${formatCount(rows.length - mostRows)} more gates.`, ''] : [],
    },
    { lines: unanswered(all) },
    { lines: [prose('Not on this page: the figures of the plan. See `--format json`.')] },
  ])
}

interface Shown {
  readonly shown: readonly Result[]
  readonly count: number
  readonly failed: number
}

/** As many results as a page could hold, and how many there are. */
function firstOf({ results }: AllResults<Result>): Shown {
  const shown: Result[] = []
  let [count, failed] = [0, 0]
  for (const { result } of results()) {
    count += 1
    if (result.verdict === 'fail') failed += 1
    if (shown.length < mostRows) shown.push(result)
  }
  return { shown, count, failed }
}

const gateColumns = [
  { title: 'Holds', align: 'left' },
  { title: 'Scenario', align: 'left' },
  { title: 'Gate', align: 'left' },
  { title: 'Actual', align: 'right' },
  { title: 'Limit', align: 'right' },
  { title: 'Margin', align: 'right' },
] as const

function gateRows(result: Result): readonly (readonly string[])[] {
  const { gates } = result
  if (gates.length === 0) return [['none', placeOf(result), 'no gate is set', '', '', '']]
  return gates.map((gate) => {
    const { name, from, bound } = metricWords(gate)
    const [limit, actual] = limitAndActual(gate)
    const { strategy, holds, against = [] } = gate
    const of =
      strategy === 'as-described' ? '' : ` of ${named(labelNamed(strategy, result), inkOfNames)}`
    const ids = [...new Set(against)].join(', ')
    const found = ids === '' ? '' : ` (${ids})`
    return [
      holds ? 'ok' : '**FAIL**',
      placeOf(result),
      prose(`${name}${of}${from}${caseText(gate, (text) => named(text, inkOfNames))}${found}`),
      prose(actual),
      prose(`${bound} ${limit}`),
      prose(marginText(gate)),
    ]
  })
}

function fleetLines({ shown, count }: Shown): readonly string[] {
  const columns = [
    { title: 'Scenario', align: 'left' },
    { title: 'Page tables', align: 'right' },
    { title: 'Share', align: 'right' },
    { title: 'Headroom', align: 'right' },
    { title: 'Risk', align: 'left' },
    { title: 'Gates', align: 'left' },
    { title: 'To do', align: 'left' },
  ] as const
  const rows = shown.map((result) => {
    const { pageTables, share, headroom, outlook, marks, toDo } = fleetRow(result)
    const risk = [outlookWords[outlook], ...marks.map((mark) => signOf[mark])].join(' ').trim()
    return [
      placeOf(result),
      ...[pageTables, share, headroom, risk, result.verdict, toDo].map(prose),
    ]
  })
  const more = count - shown.length
  return [
    ...[`## ${formatCount(count)} ${count === 1 ? 'scenario' : 'scenarios'}, worst first`, ''],
    ...markdownTable(columns, rows),
    '',
    ...(more > 0 ? [`${formatCount(more)} more scenarios.`, ''] : []),
  ]
}

function placeOf({ scenario: { file, line } }: Result): string {
  return prose(named(line === undefined ? file : `${file}:${line}`, inkOfNames))
}

/** Inside a tag, code is written as such. */
function summaryOf({ scenario }: Result): string {
  const name = scenario.name.length > 120 ? `${scenario.name.slice(0, 120)}…` : scenario.name
  return `<code>${printable(name).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`
}

function unanswered({ unanswered: count, failures }: AllResults<Result>): readonly string[] {
  if (count === 0) return []
  const rest = failures.length - mostFailures
  return [
    ...[`**${formatCount(count)} without a result:**`, ''],
    ...failures.slice(0, mostFailures).map((failure) => `- ${failureLine(failure)}`),
    ...(rest > 0 ? [`- ${formatCount(rest)} more: \`--format json\``] : []),
    '',
  ]
}

/** Mistakes in scenarios before the others are only counted. */
const mostFailures = 20

function failureLine({ file, line, column, message }: FailedScenario): string {
  const why = prose(printable(message).replace(/[⟦⟧]/gu, ' '))
  return line === undefined
    ? why
    : `${prose(named(`${file}:${line}:${column}`, inkOfNames))}: ${why}`
}

/** The blocks that fit, and what is said of those that do not. */
function page(blocks: readonly Block[]): readonly string[] {
  let left = mostCharacters - 2000
  const missing = new Map<string, number>()
  const lines = blocks.flatMap(({ lines: all, instead }) => {
    const text = all.map((line) => `${line}\n`).join('')
    if (text.length <= left) {
      left -= text.length
      return text === '' ? [] : [text]
    }
    const what = instead ?? 'A part of the page'
    missing.set(what, (missing.get(what) ?? 0) + 1)
    return []
  })
  const said = [...missing].map(
    ([what, times]) => `${what}${times > 1 ? ` (${formatCount(times)} times)` : ''}`,
  )
  return said.length === 0
    ? lines
    : [
        ...lines,
        `\nNo room on this page, see \`--format json\`: ${said.slice(0, 40).join('; ')}.\n`,
      ]
}
