import type { LevelName } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import type { GroupText, MappingText, ScenarioText } from '../../scenario/schema/scenario-text.ts'
import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { someSpans } from '../estimate/estimated-touch.ts'
import type { Fault } from '../files/fault.ts'
import { countedWords } from '../host/uncounted-levels.ts'
import type { CapturedGroup, CapturedScenario } from './captured-scenario.ts'
import { placeShared } from './shared-memory.ts'

/** Asks the planner for the cost of the regions of a scenario whose base tables are 0. */
export type Explain = (
  scenario: ScenarioText,
) => Explained | { readonly ok: false; readonly fault: Fault }

export interface Explained {
  readonly ok: true
  /** VmPTE of one process of each group, in bytes. */
  readonly vmPte: ReadonlyMap<string, number>
  /** The tables of one process of each group, by level, but for those that it links to. */
  readonly tables: ReadonlyMap<string, Readonly<Partial<Record<LevelName, number>>>>
  /** Tables of hugetlb that several processes link to: bytes that VmPTE counts more than once. */
  readonly linkedBytes: number
  /** What PageTables of /proc/meminfo counts of all tables, in bytes. */
  readonly pageTablesBytes: number
  /** What is planned to be resident of each region that is shmem, in bytes. */
  readonly shared: ReadonlyMap<string, number>
}

/** Results of giving the captured scenario its base tables. */
export interface Completed {
  readonly ok: true
  readonly linkedBytes: number
  /** Of one process of each group: planned tables that the VmPTE of this kernel does not count, in bytes. */
  readonly uncounted: ReadonlyMap<string, number>
}

/** Often enough: each time the regions give up what they explain too much. */
const mostTries = 4

/** Spans planned for each mapping of each group: fewer, where its regions are given fewer tables. */
type PlannedSpans = ReadonlyMap<string, number[]>

/**
 * Base tables of one process: the mean of VmPTE less what the planner says the regions take of it.
 * Where they would take more than there is, one of them was touched less than it seemed.
 */
export function withBaseTables(
  captured: CapturedScenario,
  explain: Explain,
): Completed | { readonly ok: false; readonly fault: Fault } {
  const spans: PlannedSpans = new Map(
    captured.groups.map(({ name, parts }) => [name, parts.map((one) => one.spans)]),
  )
  for (let tries = 1; ; tries += 1) {
    const explained = explain(captured.annotated.scenario)
    if (!explained.ok) return explained
    const counted = countedBytes(captured, explained)
    const excess = captured.groups.filter((group) => restOf(group, counted) < 0)
    if (excess.length === 0 || tries === mostTries) return complete(captured, explained)
    for (const group of excess) lower(captured, spans, group, excessOf(group, counted))
  }
}

/** Bytes of VmPTE that the regions take in one process of each group, as this kernel counts it. */
function countedBytes(
  { uncounted, layout }: CapturedScenario,
  { vmPte, tables }: Explained,
): ReadonlyMap<string, number> {
  const bytesAt = (name: string, level: LevelName): number =>
    (tables.get(name)?.[level] ?? 0) * (levelOf(layout, level)?.tableBytes ?? 0)
  return new Map(
    [...vmPte].map(([name, all]) => {
      // Tables of the pmd level can be linked, and are then in VmPTE alone; pte tables cannot.
      if (uncounted.includes('pmd')) return [name, bytesAt(name, 'pte')]
      return [name, uncounted.includes('pud') ? all - bytesAt(name, 'pud') : all]
    }),
  )
}

/** Bytes of VmPTE that the regions leave, on average; 0 where VmPTE is not known. */
function restOf(
  { name, processes, vmPte }: CapturedGroup,
  counted: ReadonlyMap<string, number>,
): number {
  return vmPte === undefined ? 0 : (vmPte * 1024) / processes - (counted.get(name) ?? 0)
}

/** Bytes that the regions must give up: the certain tables of the program itself need room too. */
function excessOf(group: CapturedGroup, counted: ReadonlyMap<string, number>): number {
  return (group.own?.least ?? 0) / group.processes - restOf(group, counted)
}

function complete(captured: CapturedScenario, explained: Explained): Completed {
  const { linkedBytes, shared, vmPte } = explained
  const counted = countedBytes(captured, explained)
  placeShared(captured, shared)
  const { annotated } = captured
  const groups = { ...annotated.scenario.groups }
  for (const group of captured.groups) {
    const text = groups[group.name]
    if (text === undefined) throw new RangeError(`no group ${group.name}`)
    const found = baseOf(captured, group, counted)
    const { baseTables: _, ...others } = text
    groups[group.name] = found === undefined ? others : withBase(text, found.bytes)
    if (found === undefined) continue
    const path = ['groups', group.name, 'baseTables']
    if (group.vmPte === undefined) annotated.estimate(path, found.source)
    else annotated.say(path, found.source)
  }
  annotated.scenario = { ...annotated.scenario, groups }
  return {
    ok: true,
    linkedBytes,
    uncounted: new Map([...vmPte].map(([name, all]) => [name, all - (counted.get(name) ?? 0)])),
  }
}

function withBase(text: GroupText, base: number): GroupText {
  return { ...text, baseTables: writeSize(bytes(base)) }
}

function baseOf(
  { uncounted }: CapturedScenario,
  group: CapturedGroup,
  counted: ReadonlyMap<string, number>,
): { readonly bytes: number; readonly source: string } | undefined {
  if (group.vmPte !== undefined) {
    const rest = Math.max(0, Math.round(restOf(group, counted)))
    const mean = Math.round(group.vmPte / group.processes)
    const regions = Math.round((counted.get(group.name) ?? 0) / 1024)
    const source = `mean of ${countedWords(uncounted)}, ${mean} kB, less ${regions} KiB for the regions`
    return { bytes: rest, source }
  }
  if (group.own === undefined) return undefined
  return {
    bytes: Math.round((group.own.least + group.own.most) / 2 / group.processes),
    source: ownSource(group, group.own),
  }
}

function ownSource(
  { processes }: CapturedGroup,
  { least, most }: Readonly<Record<'least' | 'most', number>>,
): string {
  const source = 'spans of private mappings in smaps; VmPTE is missing'
  if (least === most) return source
  const [from, to] = [least, most].map((bytes) => Math.round(bytes / processes / 1024))
  return `midpoint of ${from} and ${to} KiB, ${source}`
}

/** Takes the excess tables from the mapping that has the most. */
function lower(
  { annotated, layout, uncounted }: CapturedScenario,
  planned: PlannedSpans,
  { name, parts }: CapturedGroup,
  excess: number,
): void {
  const text = annotated.scenario.groups[name]
  const spans = planned.get(name) ?? []
  const table = levelOf(layout, 'pte')?.tableBytes ?? layout.pageBytes
  // VmPTE cannot bound tables that it does not count.
  const bounded = (at: number): number => {
    const level = layout.levels.find(({ reach }) => reach === parts[at]?.part.reach)
    return level !== undefined && uncounted.includes(level.name) ? -1 : (spans[at] ?? 0)
  }
  const most = spans.reduce((best, _, at) => (bounded(at) > bounded(best) ? at : best), 0)
  const [chosen, before] = bounded(most) < 0 ? [] : [parts[most], spans[most]]
  if (text === undefined || chosen === undefined || before === undefined) {
    annotated.remark(`${name}: VmPTE is less than its regions need`, name)
    return
  }
  const { part, areTogether } = chosen
  const left = Math.max(0, before - Math.ceil(excess / table))
  spans[most] = left
  const touched =
    left < 0.5
      ? 'none'
      : someSpans(part, { spans: left, rss: part.touch.pages, areTogether }, layout.pageBytes)
  const maps = (text.maps ?? []).map(
    (map, at): MappingText => (at === most ? { ...map, touched } : map),
  )
  annotated.scenario = {
    ...annotated.scenario,
    groups: { ...annotated.scenario.groups, [name]: { ...text, maps } },
  }
  const remark = `VmPTE is less than the tables that ${part.region.name} seems to take; ${Math.round(left)} of them are planned instead of ${Math.round(chosen.spans)}`
  const path = ['groups', name, 'maps', most]
  annotated.estimate([...path, 'touched'], remark)
  annotated.remark(`${name}: ${remark}`, pathText(path))
}
