import type { Outlook } from '../../plan/result/outlook.ts'
import { fileLabels, shortened } from '../text/file-labels.ts'
import type { Brushes, Ink, Paint } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { blanks, displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import { outlookWords, signOf } from '../words/fleet-words.ts'
import type { FleetRow } from './fleet-row.ts'
import { standingPaint } from './standing-paint.ts'

/** A row as printed, each cell without its padding. */
interface Line {
  readonly scenario: string
  readonly numbers: readonly string[]
  readonly risk: string
  readonly toDo: string
  /** Absent where no scenario has a gate. */
  readonly gates?: string
  readonly paint: Paint
}

const gap = '  '
/** Enough of a name to tell servers apart. */
const narrowestName = 12
const titles = ['Page tables', 'Share', 'Headroom'] as const

/** A head and one line for each row; more where a name, or what to do, does not fit. */
export function fleetTable(rows: readonly FleetRow[], ink: Ink): readonly string[] {
  const brushes = brushesOf(ink)
  const labels = labelsOf(rows)
  // Where all gates hold, names need the room more.
  const gated = rows.some(({ verdict }) => verdict === 'fail')
  const head: Line = {
    ...(gated ? { gates: 'Gates' } : {}),
    scenario: 'Scenario',
    numbers: titles,
    risk: 'Risk',
    toDo: 'To do',
    paint: (text) => text,
  }
  const lines = rows.map(
    (row, index): Line => ({
      ...(gated ? { gates: verdictCell[row.verdict] } : {}),
      scenario: named(labels[index] ?? row.file, ink),
      numbers: [row.pageTables, row.share, row.headroom],
      risk: riskOf(row, ink),
      toDo: row.toDo,
      paint: paintOf(row.outlook, brushes),
    }),
  )
  const placed = placedIn([head, ...lines], ink)
  return [head, ...lines].flatMap((line, index) => {
    const printed = printedLine(line, placed)
    return index === 0 ? printed.map(brushes.strong) : printed
  })
}

/** As `check` says it. */
const verdictCell: Readonly<Record<FleetRow['verdict'], string>> = {
  pass: 'ok',
  fail: 'FAIL',
  none: '-',
}

/** The file, or the name of a scenario that is not alone in its file; with its line where two have that name. */
function labelsOf(rows: readonly FleetRow[]): readonly string[] {
  const files = fileLabels(rows.map(({ file }) => file))
  const shared = new Set(rows.flatMap(({ file, line }) => (line === undefined ? [] : [file])))
  const names = new Map<string, number>()
  for (const { name } of rows) names.set(name, (names.get(name) ?? 0) + 1)
  return rows.map(({ file, name, line = 1 }) => {
    if (!shared.has(file)) return files.get(file) ?? file
    return names.get(name) === 1 ? name : `${name}:${line}`
  })
}

/** Where the cells of all lines are. */
interface Places {
  readonly shown: ReadonlyMap<string, string>
  readonly nameWidth: number
  readonly numberWidths: readonly number[]
  readonly riskWidth: number
  /** 0: there is no such column. */
  readonly gatesWidth: number
  /** What to do has a line of its own below the others. */
  readonly isBelow: boolean
}

/** The name has the room that the others leave; what to do goes below where that is too little. */
function placedIn(lines: readonly Line[], ink: Ink): Places {
  const widest = (textOf: (line: Line) => string): number =>
    lines.reduce((most, line) => Math.max(most, displayWidth(textOf(line))), 0)
  const numberWidths = titles.map((_title, index) => widest(({ numbers }) => numbers[index] ?? ''))
  const riskWidth = widest(({ risk }) => risk)
  const gatesWidth = widest(({ gates = '' }) => gates)
  const longest = widest(({ scenario }) => scenario)
  const numbers = numberWidths.reduce((sum, width) => sum + gap.length + width, 0)
  const gates = gatesWidth === 0 ? 0 : gap.length + gatesWidth
  const below = widthOf(ink) - numbers - gap.length - riskWidth - gates
  const beside = below - gap.length - widest(({ toDo }) => toDo)
  const isBelow = beside < Math.min(longest, narrowestName)
  const nameWidth = Math.min(isBelow ? below : beside, longest)
  const names = lines.map(({ scenario }) => scenario)
  const shown = shortened(names, nameWidth, worded('…', ink))
  return { shown, nameWidth, numberWidths, riskWidth, gatesWidth, isBelow }
}

/** More than one line where a name is too long to be told from another by its ends, or the view narrow. */
function printedLine(line: Line, places: Places): readonly string[] {
  const { shown, nameWidth, numberWidths, riskWidth, gatesWidth, isBelow } = places
  const { scenario, numbers, risk, toDo, gates, paint } = line
  const isLast = isBelow && gates === undefined
  const [name = '', ...more] = wrap(shown.get(scenario) ?? scenario, nameWidth)
  const cells = [
    name + blanks(nameWidth, name),
    ...numbers.map((text, index) => blanks(numberWidths[index] ?? 0, text) + text),
    paint(risk) + (isLast ? '' : blanks(riskWidth, risk)),
    ...(gates === undefined ? [] : [isBelow ? gates : gates + blanks(gatesWidth, gates)]),
    ...(isBelow ? [] : [toDo]),
  ]
  return [cells.join(gap), ...more, ...(isBelow && toDo !== '-' ? [`${gap}${toDo}`] : [])]
}

function riskOf({ outlook, marks }: FleetRow, ink: Ink): string {
  const signs = marks.map((mark) => signOf[mark]).join('')
  const word = outlookWords[outlook]
  return signs === '' ? word : `${word} ${worded(signs, ink)}`
}

function paintOf(outlook: Outlook, brushes: Brushes): Paint {
  if (outlook === 'unplanned') return brushes.caution
  return standingPaint(outlook, brushes)
}
