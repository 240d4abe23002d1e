import type { Note } from '../scenario/annotated-scenario.ts'
import type { MeasuredGroupText, MeasuredText } from '../scenario/schema/scenario-text.ts'
import { writeScenario } from '../scenario/write-scenario.ts'
import { bytes, QuantityError } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import { gatherArchive } from './archive/gather-archive.ts'
import type { Completed, Explain } from './draft/base-tables.ts'
import { withBaseTables } from './draft/base-tables.ts'
import type { CapturedGroup, CapturedScenario } from './draft/captured-scenario.ts'
import { scenarioOfProcesses } from './draft/captured-scenario.ts'
import { headerComment, noteLines } from './draft/header-comment.ts'
import { aloneLines, isMachineAlone, scenarioOfMachine } from './draft/machine-alone.ts'
import type { Grouping } from './estimate/process-classes.ts'
import type { Fault } from './files/fault.ts'
import { heldKib, size } from './files/memory-text.ts'
import type { Tree } from './files/tree.ts'
import type { PoolCounts } from './host/pool-counts.ts'
import { poolCountsOf } from './host/pool-counts.ts'
import { countedWords } from './host/uncounted-levels.ts'
import { unmodelledMachine } from './host/unmodelled.ts'
import type { Progress } from './machine/gather-folder.ts'
import { gatherFolder } from './machine/gather-folder.ts'
import type { KnownLayout } from './machine/machine-layout.ts'
import type { Observation } from './machine/observation.ts'
import type { Selection } from './machine/selection.ts'

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
  const isAlone = seen.processes.length === 0 && isMachineAlone(seen, options.selection)
  if (seen.processes.length === 0 && !isAlone)
    return { ok: false, fault: noProcess(seen), refusals }
  try {
    return isAlone ? writtenAlone(seen, options) : written(seen, options)
  } catch (error) {
    // Each value is in bounds: what is not is a sum of them, or what the planner makes of them.
    if (!(error instanceof QuantityError)) throw error
    return { ok: false, fault: { kind: 'inexact', quantity: error.quantity }, refusals }
  }
}

function written(seen: Seen, { grouping, explain }: CaptureOptions): Capture {
  return finished(seen, scenarioOfProcesses(seen, grouping), explain, (captured, completed) =>
    headerComment(seen, captured, completed),
  )
}

function writtenAlone(seen: Seen, { explain }: CaptureOptions): Capture {
  return finished(
    seen,
    scenarioOfMachine(seen, explain),
    explain,
    ({ annotated: { remarks, scenario } }) => [
      ...aloneLines(scenario),
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
): Promise<
  { readonly ok: true; readonly seen: Seen } | { readonly ok: false; readonly fault: Fault }
> {
  if (tree.kind === 'archive') return gatherArchive(tree, selection)
  return { ok: true, seen: await gatherFolder(tree, selection, progress ?? (async () => {})) }
}

function noProcess({ elsewhere: { processes }, counts }: Observation): Fault {
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
