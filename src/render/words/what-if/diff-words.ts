import type { GateResult } from '../../../plan/result/gate-result.ts'
import type {
  Both,
  DiffResult,
  InputChange,
  LimitChange,
  PlanChange,
  Total,
} from '../../../plan/result/what-if/diff-result.ts'
import { formatBytes, formatCount } from '../../../units/format.ts'
import { amounts, capital } from '../../text/amounts.ts'
import { caseText, inWords, limitAndActual, metricWords } from '../gate-words.ts'
import { standingCell } from '../standing-words.ts'
import { dateWords, growthDays } from './growth-words.ts'

/** A table of a comparison: its title, the heads of its columns, and cells as they are written. */
export interface DiffTable {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** How names from outside are written; the words around them are ours. */
export type NameWriter = (text: string) => string

/** Every list of a comparison that holds something, as a table. */
export function diffTables(result: DiffResult, name: NameWriter): readonly DiffTable[] {
  const { inputs = [], pageTables, headroom } = result
  return [
    {
      caption: 'Inputs',
      heads: ['', 'Before', 'After'],
      rows: inputs.map((input) => inputRow(input, name)),
    },
    effectTable(result, name),
    ...(pageTables === undefined ? [] : [totalTable('Page tables', pageTables, name)]),
    ...(headroom === undefined ? [] : [totalTable('Headroom', headroom, name)]),
    {
      caption: 'Strategies',
      heads: planHeads,
      rows: result.strategies.map((one) => [labelOf(one.id), ...planCells(one)]),
    },
    {
      caption: 'Cases as described',
      heads: planHeads,
      rows: result.cases.map((one) => [name(one.name), ...planCells(one)]),
    },
    {
      caption: 'Gates',
      heads: ['', 'Before', 'After'],
      rows: result.gates.map((gate) => gateRow(gate, name)),
    },
    {
      caption: 'Limits as described',
      heads: ['', 'Before', 'After'],
      rows: result.limits.map((limit) => limitRow(limit, name)),
    },
    {
      caption: 'Growth (dies: out of memory, or does not start)',
      heads: ['', 'Before', 'After'],
      rows: growthRows(result.growth),
    },
  ].filter(({ rows }) => rows.length > 0)
}

function labelOf(id: string): string {
  return id === 'mshare' ? 'mshare (proposed)' : id
}

const planHeads = ['', 'Page tables', 'Headroom', 'Risk']

function planCells({ pageTableBytes, headroomBytes, risk }: PlanChange): readonly string[] {
  return [
    bytesPair(pageTableBytes),
    bytesPair(headroomBytes),
    pair(standingCell(risk.from), standingCell(risk.to)),
  ]
}

/** `headroom at least 6.4 GiB, case failover`, `holds: 12.0 GiB`, `fails: 5.1 GiB`. */
function gateRow({ from, to }: Both<GateResult>, name: NameWriter): readonly string[] {
  const [was, is] = [from, to].map((gate) => gate && limitAndActual(gate).map(inWords))
  const gate = to ?? from
  if (gate === undefined) return []
  const { strategy } = gate
  const about = metricWords(gate)
  const limit = pair(was?.[0] ?? is?.[0] ?? '', is?.[0] ?? was?.[0] ?? '')
  const under = strategy === 'as-described' ? '' : `, ${name(strategy)}`
  const cell = (one: GateResult | undefined, found = ''): string =>
    one === undefined ? '-' : `${one.holds ? 'holds' : 'fails'}: ${found}`
  return [
    `${about.name}${about.from} ${about.bound} ${limit}${caseText(gate, name)}${under}`,
    cell(from, was?.[1]),
    cell(to, is?.[1]),
  ]
}

/** A row for each day that is another: its date, or `not until` the last day that is looked at. */
function growthRows(growth: DiffResult['growth']): readonly (readonly string[])[] {
  return growth.flatMap((one) =>
    growthDays.flatMap(({ key, title }) => {
      const days = one[key]
      const cell = (side: 'from' | 'to'): string => {
        const [day, until] = [days[side], one.until[side]]
        if (until === undefined) return '-'
        return day === undefined ? `not until ${dateWords(until)}` : dateWords(day)
      }
      if (days.from === days.to) return []
      return [[`${labelOf(one.id)}, ${title.toLowerCase()}`, cell('from'), cell('to')]]
    }),
  )
}

function inputRow(
  { path, kind, unit, from, to }: InputChange,
  name: NameWriter,
): readonly string[] {
  const shown = (value: InputChange['from']): string => {
    if (value === undefined) return '-'
    return Number.isInteger(value) ? formatCount(Number(value)) : name(shortened(value))
  }
  const [before, after] =
    unit === 'bytes' && typeof from === 'number' && typeof to === 'number'
      ? amounts(from, to)
      : [from, to].map((value) =>
          unit === 'bytes' && typeof value === 'number' ? formatBytes(value) : shown(value),
        )
  const label = kind === 'renamed' ? `${path}, renamed` : name(path)
  return [label, before ?? '-', after ?? '-']
}

function shortened(value: string | number | boolean): string {
  const text = String(value)
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text
}

const mostShown = 96

function effectTable(
  { effects = [], pageTables, headroom }: DiffResult,
  name: NameWriter,
): DiffTable {
  const heads = ['', 'Page tables', 'Headroom', 'Risk after it']
  const rows = effects.map(({ paths, pageTableBytes, headroomBytes, risk }) => [
    paths.map(name).join(' and '),
    signed(pageTableBytes),
    signed(headroomBytes),
    standingCell(risk),
  ])
  const total = [
    'together',
    signed(pageTables?.changeBytes ?? 0),
    signed(headroom?.changeBytes ?? 0),
    '',
  ]
  const isWhole = effects.length > 1 && pageTables !== undefined
  return { caption: 'Effect of each change', heads, rows: isWhole ? [...rows, total] : rows }
}

function totalTable(
  title: string,
  { fromBytes, toBytes, changeBytes, lines }: Total,
  name: NameWriter,
): DiffTable {
  if (changeBytes === 0 && lines.length === 0) return { caption: title, heads: [], rows: [] }
  const cell = (bytes: number | undefined): string =>
    bytes === undefined ? '-' : formatBytes(bytes)
  return {
    caption: title,
    heads: ['', 'Before', 'After', 'Change'],
    rows: [
      ...lines.map((line) => [
        name(line.name),
        cell(line.fromBytes),
        cell(line.toBytes),
        signed(line.changeBytes),
      ]),
      ['total', ...amounts(fromBytes, toBytes), signed(changeBytes)],
    ],
  }
}

function limitRow(
  { metric, group, region, unit, level, from, to }: LimitChange,
  name: NameWriter,
): readonly string[] {
  const subjects: Readonly<Record<LimitChange['metric'], string>> = {
    processes: `processes of ${name(group ?? '')}`,
    allProcesses: 'all groups alike, by the largest',
    region: `size of ${name(region ?? '')}`,
    memory: 'memory of the host',
  }
  const bound = metric === 'memory' ? 'from' : 'to'
  const words = { safe: `safe ${bound}`, tight: `in memory ${bound}`, swapping: `runs ${bound}` }
  const cell = (value: number | undefined): string => {
    if (value === undefined) return '-'
    return unit === 'bytes' ? formatBytes(value) : formatCount(value)
  }
  return [`${subjects[metric]}, ${words[level]}`, cell(from), cell(to)]
}

/** What it comes to, in sentences. */
export function diffSentences(result: DiffResult): readonly string[] {
  const { same, from, to, verdict, inputs, effects = [] } = result
  if (same) return ['Both mean the same workload.']
  const isJudged = verdict.from !== 'none' || verdict.to !== 'none'
  return [
    ...riskSentence(result),
    ...(isJudged ? [`Gates: ${pair(verdict.from ?? 'none', verdict.to ?? 'none')}.`] : []),
    ...(inputs === undefined
      ? [`${capital(savedWords(from.kind, to.kind))}, so the changed inputs are unknown.`]
      : []),
    ...(effects.length > 1 ? [orderWords] : []),
  ]
}

const orderWords =
  'Each change counts on top of those above it; in another order the parts differ, not the sum.'

function riskSentence({ strategies, effects = [] }: DiffResult): readonly string[] {
  const risk = strategies.find(({ id }) => id === 'as-described')?.risk
  const after = risk?.to ?? effects.at(-1)?.risk
  if (after === undefined) return []
  const isChanged = risk !== undefined && risk.from !== risk.to
  const words = isChanged
    ? pair(standingCell(risk.from), standingCell(after))
    : `${standingCell(after)}, as before`
  return [`Risk as described: ${words}.`]
}

function savedWords(from: 'scenario' | 'saved', to: 'scenario' | 'saved'): string {
  if (from === to) return 'both are saved results'
  return from === 'saved' ? 'the old one is a saved result' : 'the new one is a saved result'
}

function bytesPair({ from, to }: Both<number>): string {
  if (from !== undefined && to !== undefined) return pair(...amounts(from, to))
  return pair(
    from === undefined ? '-' : formatBytes(from),
    to === undefined ? '-' : formatBytes(to),
  )
}

function pair(from: string, to: string): string {
  return from === to ? to : `${from} → ${to}`
}

function signed(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes)
}
