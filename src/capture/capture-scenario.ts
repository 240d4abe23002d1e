import type { Note } from '../scenario/annotated-scenario.ts'
import type { MeasuredGroupText, MeasuredText } from '../scenario/schema/scenario-text.ts'
import { writeScenario } from '../scenario/write-scenario.ts'
import { bytes, QuantityError } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import { gatherArchive } from './archive/gather-archive.ts'
import { aloneLines } from './draft/alone-remarks.ts'
import type { Completed, Explain } from './draft/base-tables.ts'
import { withBaseTables } from './draft/base-tables.ts'
import type { CapturedGroup, CapturedScenario } from './draft/captured-scenario.ts'
import { scenarioOfProcesses } from './draft/captured-scenario.ts'
import { headerComment, noteLines } from './draft/header-comment.ts'
import { isMachineAlone, scenarioOfMachine } from './draft/machine-alone.ts'
import type { Grouping } from './estimate/grouping.ts'
import type { Fault } from './files/fault.ts'
import { heldKib, memorySource, size } from './files/memory-text.ts'
import type { Tree } from './files/tree.ts'
import { emptyTree } from './files/tree.ts'
import type { PoolCounts } from './host/pool-counts.ts'
import { poolCountsOf } from './host/pool-counts.ts'
import { countedWords } from './host/uncounted-levels.ts'
import { unmodelledMachine } from './host/unmodelled.ts'
import type { Progress } from './machine/gather-folder.ts'
import { gatherFolder } from './machine/gather-folder.ts'
import type { KnownLayout } from './machine/machine-layout.ts'
import { layoutOf } from './machine/machine-layout.ts'
import type { Observation } from './machine/observation.ts'
import type { Selection } from './machine/selection.ts'
import type { PrintedTexts } from './printed/gather-printed.ts'
import { gatherPrinted } from './printed/gather-printed.ts'
import type { PrintedMachine } from './printed/printed-machine.ts'
import { printedMachine } from './printed/printed-machine.ts'

export interface CaptureOptions {
  readonly selection: Selection
  /** By program, user and limited control group, unless said otherwise. */
  readonly grouping?: Grouping
  readonly explain: Explain
  readonly progress?: Progress
}

export type Capture =
  | {
      readonly ok: true
      /** The scenario, with comments. */
      readonly text: string
      /** Sentences on unreadable files and contradictory values. */
      readonly refusals: readonly string[]
      /** Huge-page pools whose use is known. */
      readonly pools: readonly PoolCounts[]
    }
  | { readonly ok: false; readonly fault: Fault; readonly refusals: readonly string[] }

type Seen = Observation & { readonly layout: KnownLayout }

/** A machine that was looked at; of one whose processes were not copied, what commands printed. */
interface Reading {
  readonly ok: true
  readonly seen: Seen
  readonly printed?: PrintedMachine
}

/**
 * Makes a scenario of a machine and the processes on it. Nothing of the machine is changed, and all
 * that is known of it comes through the tree.
 */
export async function captureScenario(tree: Tree, options: CaptureOptions): Promise<Capture> {
  const reading = await observe(tree, options)
  if (!reading.ok) return { ...reading, refusals: [] }
  const { seen } = reading
  const { refusals } = seen
  const unmodelled = unmodelledMachine(seen)
  if (unmodelled !== undefined) return { ok: false, fault: unmodelled, refusals: [] }
  const isAlone = isMachineAlone(seen) && seen.files.has('proc/meminfo')
  if (seen.processes.length === 0 && !isAlone) {
    const fault = noProcess(seen, reading.printed, tree)
    return { ok: false, fault, refusals: [...refusals, ...remarksIn(reading)] }
  }
  try {
    return isAlone ? writtenAlone(reading, options) : written(seen, options)
  } catch (error) {
    // Each value is in bounds: what is not is a sum of them, or what the planner makes of them.
    if (!(error instanceof QuantityError)) throw error
    return { ok: false, fault: { kind: 'inexact', quantity: error.quantity }, refusals }
  }
}

function remarksIn({ printed }: Reading): readonly string[] {
  return printed?.remarks ?? []
}

function written(seen: Seen, { grouping, explain }: CaptureOptions): Capture {
  return finished(seen, scenarioOfProcesses(seen, grouping), explain, (captured, completed) =>
    headerComment(seen, captured, completed),
  )
}

function writtenAlone(reading: Reading, { explain, ...options }: CaptureOptions): Capture {
  const { seen, printed } = reading
  return finished(
    seen,
    scenarioOfMachine({ ...reading, ...options }, explain),
    explain,
    ({ annotated: { remarks, scenario } }) => [
      ...aloneLines(scenario, printed),
      ...noteLines([...seen.refusals, ...remarks]),
    ],
  )
}

function finished(
  seen: Seen,
  captured: CapturedScenario | { readonly fault: Fault },
  explain: Explain,
  open: (captured: CapturedScenario, completed: Completed) => readonly string[],
): Capture {
  const { refusals } = seen
  if ('fault' in captured) return { ok: false, fault: captured.fault, refusals }
  const completed = withBaseTables(captured, explain)
  if (!completed.ok) return { ...completed, refusals }
  const { annotated } = captured
  const measured = measuredOf(seen, captured, completed)
  annotated.scenario = { ...annotated.scenario, measured }
  annotated.headerComment = open(captured, completed)
  for (const { path, text } of measuredNotes(measured, captured, completed)) {
    annotated.comment(path, text)
  }
  const text = writeScenario(annotated)
  const pools = poolCountsOf(seen.files, seen.layout.layout)
  return { ok: true, text, refusals: [...refusals, ...annotated.remarks], pools }
}

async function observe(
  tree: Tree,
  { selection, progress }: CaptureOptions,
): Promise<Reading | { readonly ok: false; readonly fault: Fault }> {
  if (tree.kind === 'texts') {
    const seen = await gatherFolder(emptyTree, noSelection, async () => {})
    return withPrinted(seen, { texts: tree.texts, refusals: [] })
  }
  if (tree.kind === 'archive') {
    const reading = await gatherArchive(tree, selection)
    return reading.ok ? withPrinted(reading.seen, reading.texts) : reading
  }
  const seen = await gatherFolder(tree, selection, progress ?? (async () => {}))
  return isMachineAlone(seen) ? withPrinted(seen, gatherPrinted(tree)) : { ok: true, seen }
}

/** Adds the outputs of commands, where there is nothing else: copies of files before what commands print. */
function withPrinted(seen: Seen, { texts, refusals }: PrintedTexts): Reading {
  if (!isMachineAlone(seen)) return { ok: true, seen }
  const printed = printedMachine(texts)
  if (printed === undefined) return { ok: true, seen }
  const files = new Map([...printed.files, ...seen.files])
  if (!files.has('proc/meminfo')) {
    const meminfo = printed.ofNodes ?? printed.free?.meminfo
    if (meminfo !== undefined) {
      files.set('proc/meminfo', meminfo)
      files.set(memorySource, printed.ofNodes === undefined ? 'free' : 'numastat -m')
    }
  }
  const unread = refusals.map((path) => `${path} could not be read, or is too large`)
  const known = {
    ...seen,
    files,
    layout: layoutOf(files, {}),
    refusals: [...seen.refusals, ...unread],
  }
  return { ok: true, seen: known, printed }
}

const noSelection: Selection = { pids: [], names: [], users: [], cgroups: [] }

function noProcess(
  { elsewhere: { processes }, counts }: Observation,
  printed: PrintedMachine | undefined,
  tree: Tree,
): Fault {
  const isPrinted = printed?.list !== undefined || printed?.segments !== undefined
  if (isPrinted) return { kind: 'memory-unprinted' }
  if (tree.kind === 'texts') return { kind: 'nothing-printed' }
  if (processes > 0) return { kind: 'none-fits', processes }
  return counts.refused > 0 ? { kind: 'none-readable' } : { kind: 'no-process' }
}

const ofStatus = 'of /proc/PID/status'

/** The values of the counters, for a later comparison. */
function measuredOf(
  seen: Observation,
  captured: CapturedScenario,
  completed: Completed,
): MeasuredText {
  const vmPteSum = sumWords(captured)
  const pageTables = heldKib(seen.files.get('proc/meminfo') ?? '', 'PageTables')
  const known = captured.groups.flatMap(({ name, processes, vmPte, own }) => {
    if (vmPte === undefined) return []
    const uncounted = uncountedKib(name, completed) * processes
    return [
      [name, { processes, vmPte: size(vmPte + uncounted, vmPteSum), ...ownText(own) }] as const,
    ]
  })
  const { processes, vmPte } = seen.elsewhere
  const partial = seen.complete ? {} : { partial: true }
  return {
    ...(pageTables === undefined ? {} : { pageTables: size(pageTables) }),
    ...(known.length === 0 ? {} : { groups: Object.fromEntries(known) }),
    ...withoutMappingsText(seen),
    elsewhere: { processes, vmPte: size(vmPte, vmPteSum), ...partial },
    sources: Object.fromEntries(captured.annotated.sources),
  }
}

/** Memory that these processes share is in no region: a plan must not deny that it exists. */
function withoutMappingsText({ processes }: Observation): Pick<MeasuredText, 'withoutMappings'> {
  const unread = processes.filter(({ space }) => space === undefined).length
  return unread === 0 ? {} : { withoutMappings: unread }
}

function measuredNotes(
  { pageTables, groups, elsewhere }: MeasuredText,
  captured: CapturedScenario,
  completed: Completed,
): readonly Note[] {
  const vmPteSum = sumWords(captured)
  const path = ['measured', 'groups']
  return [
    ...(pageTables === undefined
      ? []
      : [{ path: ['measured', 'pageTables'], text: 'PageTables of /proc/meminfo' }]),
    ...Object.keys(groups ?? {}).map((name) => ({
      path: [...path, name, 'vmPte'],
      text: `${vmPteSum}${uncountedWords(name, captured, completed)}`,
    })),
    ...(elsewhere === undefined
      ? []
      : [
          {
            path: ['measured', 'elsewhere', 'vmPte'],
            text: `${vmPteSum}, over all other processes`,
          },
        ]),
  ]
}

function sumWords({ uncounted }: CapturedScenario): string {
  return `the sum of ${countedWords(uncounted)} ${ofStatus}`
}

/** Planned tables of one process that this kernel does not count; the planned kernel counts them. */
function uncountedKib(name: string, { uncounted }: Completed): number {
  return Math.round((uncounted.get(name) ?? 0) / 1024)
}

function uncountedWords(
  name: string,
  { uncounted }: CapturedScenario,
  completed: Completed,
): string {
  const kibytes = uncountedKib(name, completed)
  const levels = uncounted.join(' and ')
  return kibytes === 0
    ? ''
    : `, and ${kibytes} KiB of ${levels} tables of the regions in each process, which this kernel does not count`
}

/**
 * By the mappings alone: what VmPTE has more than the regions and these is empty. Where they could
 * not be read, base tables are all that the regions leave of VmPTE.
 */
function ownText(own: CapturedGroup['own']): Pick<MeasuredGroupText, 'ownTables' | 'fitted'> {
  if (own === undefined) return { fitted: true }
  const text = (amount: number): string => writeSize(bytes(amount))
  return { ownTables: { least: text(own.least), most: text(own.most), mapped: text(own.mapped) } }
}
