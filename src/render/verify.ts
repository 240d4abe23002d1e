import type {
  Comparison,
  ForecastOutcome,
  GroupComparison,
  PageTablesComparison,
  ResidualGate,
  VerifyResult,
} from '../plan/result/verify-result.ts'
import { formatBytes, formatCount, formatPercent } from '../units/format.ts'
import { poolTable, processTable, regionTable } from './sections/forecast-tables.ts'
import { proposedMeans } from './sections/strategy.ts'
import { amounts, processCount, unitOfAlike } from './text/amounts.ts'
import { kibColumn, percentColumn } from './text/column.ts'
import type { Row } from './text/grid.ts'
import { renderGrid } from './text/grid.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, rule, widthOf, worded } from './text/ink.ts'
import { hanging, wrap } from './text/wrap.ts'
import { causeLines, linksSentence, partWords, signed } from './words/cause-words.ts'
import { matchSentences, outcomeSentences } from './words/forecast-words.ts'

/** Measured against predicted: the answer in words, each group, PageTables part by part, gates. */
export function renderVerify(result: VerifyResult, ink: Ink): string {
  const { pageTables, forecast, host } = result
  const groups = forecast === undefined ? groupTable(result, ink) : forecastGroups(result, ink)
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    [
      forecast === undefined ? 'VmPTE of the groups' : 'VmPTE of one process',
      result.groups.length === 0 ? [] : groups,
    ],
    ...(forecast === undefined
      ? []
      : ([
          ['Regions', regionTable(forecast, host.pageBytes, ink)],
          ['Huge-page pools', poolTable(forecast, ink)],
        ] as const)),
    ['PageTables', pageTables === undefined ? [] : pageTablesTable(pageTables, ink)],
    ['Gates', result.gates.length === 0 ? [] : gateTable(result, ink)],
  ]
  const body = sections.flatMap(([title, lines]) => {
    if (lines.length === 0) return []
    const heading = brushesOf(ink).heading(title.toUpperCase())
    return ['', heading, rule(ink).repeat(title.length), ...lines]
  })
  return `${[...headline(result, ink), ...body].join('\n')}\n`
}

/** One process of each group, then what is to be known of all of them. */
function forecastGroups(
  { groups, forecast }: Pick<VerifyResult, 'groups' | 'forecast'>,
  ink: Ink,
): readonly string[] {
  const compared = groups.filter((group) => group.compared)
  const matches = forecast === undefined ? [] : matchSentences(forecast)
  return [
    ...processTable(compared, ink),
    ...compared.flatMap(({ ownTables: _, ...group }) => groupNotes(group, ink)),
    ...matches.flatMap((text) => wrap(worded(text, ink), widthOf(ink))),
  ]
}

function headline(
  { scenario, host, status, ...result }: VerifyResult,
  ink: Ink,
): readonly string[] {
  const width = widthOf(ink)
  const pti = host.pti ? ', PTI' : ''
  const machine = `${host.layout}, kernel ${host.kernel}${pti}, ${formatBytes(host.memoryBytes)} of memory`
  const { vmPte, pageTables, groups, forecast } = result
  const sentences = [
    ...(forecast === undefined ? [] : forecastWords(forecast, host.pageBytes)),
    ...(vmPte === undefined
      ? []
      : [`VmPTE of ${processCount(vmPte.processes)}: ${comparisonWords(vmPte)}`]),
    ...fittedWords(groups),
    ...(pageTables === undefined
      ? ['PageTables was not measured.']
      : [`PageTables: ${comparisonWords(pageTables)}`, ...sharing(pageTables)]),
    ...(status === 'proposed' ? [`mshare is ${proposedMeans}.`] : []),
  ]
  return [
    ...wrap(named(scenario.name, ink), width).map(brushesOf(ink).heading),
    ...wrap(named(scenario.file, ink), width),
    ...wrap(named(machine, ink), width),
    '',
    ...sentences.flatMap((sentence) => wrap(worded(sentence, ink), width)),
  ]
}

function forecastWords(forecast: ForecastOutcome, baseBytes: number): readonly string[] {
  const { plannedKernel } = forecast
  return [
    ...outcomeSentences(forecast, baseBytes),
    ...(plannedKernel === undefined
      ? []
      : [`The forecast is for kernel ${plannedKernel}; counters are those of this one.`]),
  ]
}

function fittedWords(groups: readonly GroupComparison[]): readonly string[] {
  const fitted = groups.filter(isFitted)
  if (fitted.length === 0) return []
  const processes = fitted.reduce((sum, group) => sum + group.processes, 0)
  return [
    `VmPTE of ${processCount(processes)} is not verified: their base tables were worked out from it.`,
  ]
}

function isFitted(group: GroupComparison): group is Compared {
  return group.compared && group.fitted === true
}

function comparisonWords(comparison: Comparison): string {
  const { measuredBytes, predictedBytes, residualBytes, residualFraction } = comparison
  const [measured, predicted] = amounts(measuredBytes, predictedBytes)
  if (residualBytes === 0) return `${measured} measured, exactly as predicted.`
  const share = residualFraction === undefined ? '' : `, ${percent(residualFraction)}`
  const unit = unitOfAlike(measuredBytes, [measuredBytes, predictedBytes])
  return `${measured} measured, ${predicted} predicted; residual ${signed(residualBytes, unit)}${share}.`
}

function percent(fraction: number): string {
  return `${fraction > 0 ? '+' : ''}${formatPercent(fraction, 2)}`
}

/** PageTables counts a shared table once, and every VmPTE counts it. */
function sharing({ sumVmPteBytes, measuredBytes, parts }: PageTablesComparison): readonly string[] {
  if (sumVmPteBytes <= measuredBytes) return []
  const [sum, total] = amounts(sumVmPteBytes, measuredBytes)
  return [`The sum of VmPTE, ${sum}, is larger than PageTables, ${total}: ${linksSentence(parts)}`]
}

type Compared = Extract<GroupComparison, { readonly compared: true }>

function groupTable({ groups, vmPte }: VerifyResult, ink: Ink): readonly string[] {
  const compared = groups.filter((group): group is Compared => group.compared && !isFitted(group))
  const single = compared.map((group) => ({ ...group, label: named(group.name, ink), sum: false }))
  const several = single.length > 1 && vmPte !== undefined
  const lines = several ? [...single, { ...vmPte, label: 'all of these', sum: true }] : single
  const measured = kibColumn(lines.map(({ measuredBytes }) => measuredBytes))
  const predicted = kibColumn(lines.map(({ predictedBytes }) => predictedBytes))
  const residual = kibColumn(lines.map(({ residualBytes }) => residualBytes))
  const shares = percentColumn(lines.map(({ residualFraction }) => residualFraction ?? 0))
  const columns = [
    { title: 'Group', align: 'left' },
    { title: 'Processes', align: 'right' },
    { title: `Measured ${measured.unit}`, align: 'right' },
    { title: `Predicted ${predicted.unit}`, align: 'right' },
    { title: `Residual ${residual.unit}`, align: 'right' },
    { title: 'Residual %', align: 'right' },
  ] as const
  const rows = lines.map((line, row): Row => {
    const mark = line.leastBytes === line.mostBytes ? '' : '~'
    const cells = [
      line.label,
      formatCount(line.processes),
      measured.cells[row] ?? '',
      `${mark}${predicted.cells[row]}`,
      residual.cells[row] ?? '',
      line.residualFraction === undefined ? '' : (shares[row] ?? ''),
    ]
    const { strong } = brushesOf(ink)
    return line.sum ? { cells, paint: new Map([[0, strong]]) } : { cells }
  })
  return [
    ...(lines.length === 0 ? [] : renderGrid(columns, rows, ink)),
    ...groups.flatMap((group) => groupNotes(group, ink)),
  ]
}

/** What the numbers of a group do not say: bounds, causes, an edited count, no data. */
function groupNotes(group: GroupComparison, ink: Ink): readonly string[] {
  const name = named(group.name, ink)
  const hang = (text: string) => hanging(`${name}: `, worded(text, ink), widthOf(ink))
  if (!group.compared) {
    return hang(
      `not compared: none of its ${processCount(group.scenarioProcesses)} was measured; in PageTables as the scenario says`,
    )
  }
  if (isFitted(group)) {
    return hang(
      `not verified: its mappings are not all known, or not all written, and baseTables were worked out from its VmPTE, ${formatBytes(group.measuredBytes)}`,
    )
  }
  const { processes, scenarioProcesses, leastBytes, mostBytes } = group
  const [least, most] = amounts(leastBytes, mostBytes)
  return [
    ...(processes === scenarioProcesses
      ? []
      : hang(
          `predicted for the ${processCount(processes)} that were measured; the scenario has ${formatCount(scenarioProcesses)} now`,
        )),
    ...baseNotes(group).flatMap(hang),
    ...(leastBytes === mostBytes ? [] : hang(`${least} at least, ${most} at most, by chance`)),
    ...causeLines(group).flatMap(hang),
  ]
}

/** Base tables that were worked out from this VmPTE would agree with it whatever the plan is. */
function baseNotes({ ownTables, baseTablesSource }: Compared): readonly string[] {
  if (ownTables !== undefined) {
    const [least, most] = amounts(ownTables.leastBytes, ownTables.mostBytes)
    const needs = least === most ? least : `${least} to ${most}`
    return [`private memory needs ${needs} by its mappings, whatever baseTables say`]
  }
  return baseTablesSource === undefined ? [] : [`baseTables are measured: ${baseTablesSource}`]
}

function pageTablesTable(comparison: PageTablesComparison, ink: Ink): readonly string[] {
  const { parts, predictedBytes, measuredBytes, residualBytes } = comparison
  const entries: readonly (readonly [label: string, bytes: number, isSum: boolean])[] = [
    ...parts.map((part) => [partWords(part), part.bytes, false] as const),
    ['= predicted', predictedBytes, true],
    ['measured', measuredBytes, true],
    ['= residual (measured less predicted)', residualBytes, true],
  ]
  const column = kibColumn(entries.map(([, bytes]) => bytes))
  const { strong } = brushesOf(ink)
  const rows = entries.map(([label, , isSum], row): Row => {
    const cells = [worded(label, ink), column.cells[row] ?? '']
    return isSum ? { cells, paint: new Map([[0, strong]]) } : { cells }
  })
  const columns = [
    { title: 'Part', align: 'left' },
    { title: column.unit, align: 'right' },
  ] as const
  return [
    ...renderGrid(columns, rows, ink),
    ...causeLines(comparison).flatMap((line) => hanging('  ', worded(line, ink), widthOf(ink))),
  ]
}

function gateTable({ gates, verdict, groups }: VerifyResult, ink: Ink): readonly string[] {
  const { good, bad } = brushesOf(ink)
  const columns = [
    { title: 'Residual of', align: 'left' },
    { title: 'At most', align: 'right' },
    { title: 'Actual', align: 'right' },
    { title: 'Holds', align: 'left' },
  ] as const
  const rows = gates.map((gate): Row => {
    const what = gate.group === undefined ? 'PageTables' : `group ${named(gate.group, ink)}`
    const isKnown = groups.some((group) => isFitted(group) && group.name === gate.group)
    const missing = isKnown ? 'not verified' : 'not measured'
    const cells = [what, ...limitAndActual(gate, missing), gate.holds ? 'holds' : 'FAILS']
    return { cells, paint: new Map([[3, gate.holds ? good : bad]]) }
  })
  const failing = gates.filter(({ holds }) => !holds).length
  const count = failing === 0 ? 'every gate holds' : `${failing} of ${gates.length} do not hold`
  return [
    ...renderGrid(columns, rows, ink),
    ...wrap(`Verdict: ${verdict} (${count}).`, widthOf(ink)),
  ]
}

function limitAndActual(
  { limit, actual }: ResidualGate,
  missing: string,
): readonly [string, string] {
  if (limit !== undefined && actual !== undefined) return amounts(limit, actual)
  return [limit === undefined ? '' : formatBytes(limit), missing]
}
