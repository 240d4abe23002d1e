import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { ScenarioText } from '../../scenario/schema/scenario-text.ts'
import type { Grouping } from '../estimate/grouping.ts'
import { shmemKib } from '../estimate/resident.ts'
import type { Fault } from '../files/fault.ts'
import { heldKib, kib, memoryFile, size } from '../files/memory-text.ts'
import { scenarioOfHost } from '../host/host-text.ts'
import { poolOfOthers } from '../host/pool-of-others.ts'
import { reserveLines, tablesLine } from '../host/reserve.ts'
import { sayReserve } from '../host/whole-host.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import type { Observation } from '../machine/observation.ts'
import type { Selection } from '../machine/selection.ts'
import type { PrintedMachine } from '../printed/printed-machine.ts'
import type { AloneGroup } from './alone-groups.ts'
import type { Parts } from './alone-parts.ts'
import { partsOf } from './alone-parts.ts'
import type { KnownSegments } from './alone-regions.ts'
import { segmentsOf } from './alone-regions.ts'
import { remarksOnAlone } from './alone-remarks.ts'
import type { KnownGroup } from './alone-texts.ts'
import { groupText, titleOf, withTouched } from './alone-texts.ts'
import type { Explain } from './base-tables.ts'
import type { CapturedScenario } from './captured-scenario.ts'
import { inferredTouch } from './inferred-touch.ts'
import type { ListedProcesses } from './listed-processes.ts'
import { anonymousKib, listedProcesses } from './listed-processes.ts'
import type { PrivateMemory } from './private-memory.ts'
import { privateMemoryOf } from './private-memory.ts'

type Seen = Observation & { readonly layout: KnownLayout }

/** What is known of a machine of which no process was copied. */
export interface AloneMachine {
  readonly seen: Seen
  /** The outputs of commands. */
  readonly printed?: PrintedMachine
  readonly selection: Selection
  readonly grouping?: Grouping
}

/** True where no process was copied: meminfo is known, and what commands printed. */
export function isMachineAlone(seen: Seen): boolean {
  const { live, counts, elsewhere, processes } = seen
  const known = Object.values(counts).some((count) => count > 0) || elsewhere.processes > 0
  return !live && !known && processes.length === 0
}

/**
 * Makes a scenario of meminfo, the list of segments and a list of processes, as people post them when page
 * tables fill a server. It has a region for each segment in use, and groups by what the processes are,
 * else by the number of attachments.
 */
export function scenarioOfMachine(
  machine: AloneMachine,
  explain: Explain,
): CapturedScenario | { readonly fault: Fault } {
  const { seen, printed, selection } = machine
  const annotated = scenarioOfHost(seen.files, seen.layout)
  if ('fault' in annotated) return annotated
  const listed = printed && listedProcesses(printed, seen.files, selection)
  const isChosen = Object.values(selection).some((texts) => texts.length > 0)
  if (isChosen && (listed?.chosen.length ?? 0) === 0) return { fault: noneChosen(listed) }
  return drafted(machine, listed, annotated, explain)
}

function drafted(
  { seen, printed, grouping }: AloneMachine,
  listed: ListedProcesses | undefined,
  annotated: AnnotatedScenario,
  explain: Explain,
): CapturedScenario {
  const { layout } = seen.layout
  const { host } = annotated.scenario
  const segments = segmentsOf(seen.files, printed, host, layout)
  const parts = partsOf(seen, grouping, segments, listed, annotated)
  const memory = privateOf(parts.groups, seen, segments)
  const groups = parts.groups.map((group, index) => withPrivate(group, memory[index]))
  const plain = plainScenario(seen, { ...parts, groups }, segments, annotated)
  const isWhole = isListWhole(listed, parts)
  const pageTables = heldKib(seen.files.get('proc/meminfo') ?? '', 'PageTables')
  const touch = inferredTouch(plain, { groups, isWhole }, pageTables, { layout, explain })
  const chosen = groups.filter(({ isChosen }) => isChosen)
  const touched = ofChosen(
    touch === undefined ? plain : withTouched(plain, groups, touch, annotated),
    chosen,
    annotated,
  )
  const planned = explain(touched)
  const reserve = reserveOf(seen, planned.ok ? planned.pageTablesBytes : 0, chosen, segments)
  sayReserve(reserve, annotated)
  const result = { seen, printed, listed, segments, groups: chosen, touch, isWhole, layout }
  for (const remark of [...ignored(printed, listed), ...parts.remarks, ...remarksOnAlone(result)]) {
    annotated.remark(remark)
  }
  const reserved = reserve.map((line) => [line.name, size(line.kib, line.source)] as const)
  annotated.scenario = { ...touched, host: { ...host, reserve: Object.fromEntries(reserved) } }
  const none = { regions: new Map(), folded: [], otherSegments: 0 }
  const shmemBytes = shmemKib(seen) * 1024
  return { annotated, layout, uncounted: [], groups: [], regions: none, shmemBytes }
}

function ignored(
  printed: PrintedMachine | undefined,
  listed: ListedProcesses | undefined,
): readonly string[] {
  return [...(printed?.remarks ?? []), ...(listed?.remarks ?? [])]
}

/** The scenario before anything is known of the touched pages. */
function plainScenario(
  { files }: Seen,
  {
    groups,
    regions,
  }: { readonly groups: readonly KnownGroup[]; readonly regions: Parts['regions'] },
  { segments }: KnownSegments,
  annotated: AnnotatedScenario,
): ScenarioText {
  const { host } = annotated.scenario
  const texts = Object.fromEntries(groups.map((group) => [group.name, groupText(group, annotated)]))
  const regionTexts = Object.fromEntries(regions.map(({ name, text }) => [name, text]))
  const others = poolOfOthers(files, host, { regions: regionTexts, groups: texts }, annotated)
  const name = titleOf(groups, segments)
  return { version: 1, name, host, regions: { ...regionTexts, ...others }, groups: texts }
}

/** Without the groups that were not selected, and the regions that none of the others maps. */
function ofChosen(
  scenario: ScenarioText,
  chosen: readonly KnownGroup[],
  annotated: AnnotatedScenario,
): ScenarioText {
  const names = new Set(chosen.map(({ name }) => name))
  const groups = Object.entries(scenario.groups)
  if (groups.every(([name]) => names.has(name))) return scenario
  const kept = groups.filter(([name]) => names.has(name))
  const lost = new Set(groups.flatMap(([, { maps = [] }]) => maps.map(({ region }) => region)))
  for (const [, { maps = [] }] of kept) for (const { region } of maps) lost.delete(region)
  const regions = Object.entries(scenario.regions ?? {}).filter(([name]) => !lost.has(name))
  for (const [name] of groups) if (!names.has(name)) annotated.forgetBelow(['groups', name])
  for (const name of lost) annotated.forgetBelow(['regions', name])
  return { ...scenario, groups: Object.fromEntries(kept), regions: Object.fromEntries(regions) }
}

function isListWhole(listed: ListedProcesses | undefined, { groups, missing }: Parts): boolean {
  const everybody = groups.reduce((sum, { processes }) => sum + processes, 0)
  return listed?.isWhole === true && missing <= everybody * fewMissing
}

function noneChosen(listed: ListedProcesses | undefined): Fault {
  const processes = listed?.others.length ?? 0
  return processes > 0 ? { kind: 'none-fits', processes } : { kind: 'no-process' }
}

/** A list and the segments are not of the same moment: so much of all processes can have come or gone. */
const fewMissing = 0.05

/** Page tables count as those of the groups, up to the planned amount; private memory likewise. */
function reserveOf(
  seen: Seen,
  planned: number,
  groups: readonly KnownGroup[],
  { segments }: KnownSegments,
) {
  const swapped = swappedKib(seen.files, segments)
  const own = groups.reduce((sum, { processes, privateKib }) => sum + processes * privateKib, 0)
  const lines = reserveLines(seen).map((line) => {
    if (line.name === tablesLine) {
      const source = `PageTables of ${memoryFile(seen.files)}, less the tables planned for the groups`
      return { ...line, kib: Math.round(line.kib - planned / 1024), source }
    }
    if (line.name !== privateLine) return line
    const source =
      swapped > 0 ? `${line.source}; with what is in swap and not of a segment` : line.source
    return { ...line, kib: line.kib + swapped - own, source }
  })
  // Figures of a group are rounded once for each process: what that leaves belongs to no group.
  const processes = groups.reduce((sum, group) => sum + group.processes, 0)
  const isRounding = ({ name, kib: rest }: (typeof lines)[number]): boolean =>
    (name === tablesLine || name === privateLine) && rest <= processes * roundingKib
  return lines.filter((line) => line.kib > 0 && !isRounding(line))
}

/** Half a table of each of a few mappings. */
const roundingKib = 8

const privateLine = 'private memory of others'

/** Groups without RSS have none that is known. */
function privateOf(
  groups: readonly AloneGroup[],
  { files }: Seen,
  { segments }: KnownSegments,
): readonly (PrivateMemory | undefined)[] {
  const known = groups.filter(({ rss }) => rss !== undefined)
  const found = privateMemoryOf(
    known.map(({ processes, rss = 0, shared, regions }) => ({
      processes,
      rss,
      mapped: regions.reduce(
        (sum, { page, there }) => sum + (page === undefined ? there / 1024 : 0),
        0,
      ),
      ...(shared === undefined ? {} : { shared }),
    })),
    { anonymous: anonymousKib(files), swapped: swappedKib(files, segments) },
  )
  const of = new Map(known.map((group, index) => [group, found[index]]))
  return groups.map((group) => of.get(group))
}

/** Swap in use that is not of the segments: anonymous memory, but for what tmpfs has there. */
function swappedKib(
  files: Observation['files'],
  segments: readonly { readonly swap: number }[],
): number {
  const meminfo = files.get('proc/meminfo') ?? ''
  const [total = 0, free = total, cached = 0] = ['SwapTotal', 'SwapFree', 'SwapCached'].map((key) =>
    kib(meminfo, key),
  )
  const ofSegments = segments.reduce((sum, { swap }) => sum + swap / 1024, 0)
  return Math.max(0, total - free - cached - ofSegments)
}

function withPrivate(group: AloneGroup, memory: PrivateMemory | undefined): KnownGroup {
  const known = { privateKib: memory?.kib ?? 0, leastPrivateKib: memory?.least ?? 0 }
  return { ...group, ...known, ...(memory === undefined ? {} : { memory }) }
}
