import type { Layout, LevelName } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, MappingText, ScenarioText } from '../../scenario/schema/scenario-text.ts'
import { writeAddress } from '../../units/address.ts'
import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { CapturedProcess, MappedPart } from '../estimate/captured-process.ts'
import { capturedProcesses } from '../estimate/captured-process.ts'
import type { CapturedRegions } from '../estimate/captured-regions.ts'
import { captureRegions } from '../estimate/captured-regions.ts'
import { areTogether } from '../estimate/estimated-touch.ts'
import type { GroupSums } from '../estimate/group-figures.ts'
import { mean, means, sharedTraits, sumOf } from '../estimate/group-figures.ts'
import type { Grouping } from '../estimate/grouping.ts'
import type { LimitedCgroup } from '../estimate/limited-groups.ts'
import { tightestLimit } from '../estimate/limited-groups.ts'
import type { ProcessClass } from '../estimate/process-classes.ts'
import { classesOf, mappingsOf } from '../estimate/process-classes.ts'
import { shmemKib } from '../estimate/resident.ts'
import { meanSpans } from '../estimate/span-estimate.ts'
import { touchedText } from '../estimate/touched-text.ts'
import { writtenMappings } from '../estimate/written-mappings.ts'
import type { Fault } from '../files/fault.ts'
import { scenarioOfHost } from '../host/host-text.ts'
import { poolOfOthers } from '../host/pool-of-others.ts'
import { poolRemarks, supposedTouch } from '../host/pool-use.ts'
import { countedLayout, uncountedLevels } from '../host/uncounted-levels.ts'
import { wholeHost } from '../host/whole-host.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import { scaleOf } from '../machine/machine-layout.ts'
import type { Observation } from '../machine/observation.ts'
import { withoutMappings } from './unseen.ts'

/** A scenario without base tables: these are what the planner's own figures leave of VmPTE. */
export interface CapturedScenario {
  readonly layout: Layout
  /** Levels whose tables the VmPTE of this kernel does not count. */
  readonly uncounted: readonly LevelName[]
  readonly annotated: AnnotatedScenario
  readonly groups: readonly CapturedGroup[]
  readonly regions: CapturedRegions
  /** All shmem of the machine, in regions or elsewhere. */
  readonly shmemBytes: number
}

export interface CapturedGroup extends GroupSums {
  readonly name: string
  readonly processes: number
  /** Mappings of one process, and the spans that each is taken to touch. */
  readonly parts: readonly WrittenPart[]
}

interface WrittenPart {
  readonly part: MappedPart
  readonly spans: number
  readonly areTogether: boolean
}

/** Turns what was seen into a scenario. */
export function scenarioOfProcesses(
  seen: Observation & { readonly layout: KnownLayout },
  grouping: Grouping | undefined,
): CapturedScenario | { readonly fault: Fault } {
  const { layout } = seen.layout
  const annotated = scenarioOfHost(seen.files, seen.layout)
  if ('fault' in annotated) return annotated
  const { host } = annotated.scenario
  const scale = scaleOf(layout)
  const regions = captureRegions(seen, layout, scale, host)
  const processes = capturedProcesses(seen.processes, regions.regions, scale)
  const limitOf = (process: CapturedProcess): LimitedCgroup | undefined =>
    tightestLimit(process.seen.cgroup, seen.files)
  const classes = classesOf(processes, grouping, (process) => limitOf(process)?.path)
  const uncounted = uncountedLevels(seen)
  const counted = countedLayout(layout, uncounted)
  const alike = classes.map((one) => processesAlike(one.processes))
  const written = writtenMappings(alike.map(([representative]) => representative?.parts ?? []))
  const groups = classes.map((one, index) =>
    groupOf(one, alike[index] ?? [], { layout, counted, limitOf, written }, annotated),
  )
  const used = new Set(groups.flatMap(({ text }) => (text.maps ?? []).map(({ region }) => region)))
  const texts = Object.fromEntries(groups.map(({ group, text }) => [group.name, text]))
  const whole = wholeHost(
    seen,
    classes.map(({ processes: [first] }) => first && limitOf(first)),
    annotated,
  )
  const captured = regionTexts(regions, used, annotated)
  const others = poolOfOthers(seen.files, host, { regions: captured, groups: texts }, annotated)
  annotated.scenario = {
    version: 1,
    name: titleOf(classes),
    host: whole,
    regions: { ...captured, ...others },
    groups: texts,
  }
  const remarks = [
    ...assumedLayout(seen.layout),
    ...withoutMappings(seen),
    ...withoutOthers(seen),
    ...poolRemarks(seen.files, processes),
    ...groups.flatMap((one) => one.remarks),
  ]
  for (const remark of remarks) annotated.remark(remark)
  const shmemBytes = shmemKib(seen) * 1024
  return {
    annotated,
    layout,
    uncounted,
    groups: groups.map(({ group }) => group),
    regions,
    shmemBytes,
  }
}

function assumedLayout({ assumed, layout, source }: KnownLayout): readonly string[] {
  return assumed ? [`the layout ${layout.id} is an assumption: ${source}`] : []
}

/** A machine has kernel threads; a container, a copy of some processes, or hidepid has none. */
function withoutOthers({ complete, counts }: Observation): readonly string[] {
  if (complete) return []
  const why =
    counts.refused > 0
      ? `${counts.refused} could not be read`
      : 'no kernel thread was found, so this is a container or a part of a machine'
  return [
    `some processes of the machine are unknown: ${why}; their share of PageTables is unknown too`,
  ]
}

/** Names the first programs that map regions, or else of all; the next capture has the same title. */
function titleOf(classes: readonly ProcessClass[]): string {
  const mapping = classes.filter(({ processes }) => processes.some(({ parts }) => parts.length > 0))
  const programs = [
    ...new Set((mapping.length > 0 ? mapping : classes).map(({ program }) => program)),
  ]
  const shown = programs.slice(0, 3).join(', ')
  return `Capture of ${shown}${programs.length > 3 ? ' and others' : ''}`
}

/** Only regions that some group maps. */
function regionTexts(
  { regions }: CapturedRegions,
  used: ReadonlySet<string>,
  annotated: AnnotatedScenario,
): NonNullable<ScenarioText['regions']> {
  const shown = [...regions.values()].filter(({ name }) => used.has(name))
  for (const { name, notes, sizeSource, assumed } of shown) {
    for (const [key, why] of assumed) annotated.estimate(['regions', name, key], why)
    for (const text of notes) annotated.comment(['regions', name], text)
    annotated.sources.set(pathText(['regions', name, 'size']), sizeSource)
  }
  return Object.fromEntries(shown.map(({ name, text }) => [name, text]))
}

interface Setting {
  readonly layout: Layout
  /** Without the levels that VmPTE does not count. */
  readonly counted: Layout
  readonly limitOf: (process: CapturedProcess) => LimitedCgroup | undefined
  readonly written: ReadonlySet<MappedPart>
}

function groupOf(
  { name, processes }: ProcessClass,
  alike: readonly CapturedProcess[],
  { layout, counted, limitOf, written }: Setting,
  annotated: AnnotatedScenario,
): {
  readonly group: CapturedGroup
  readonly text: GroupText
  readonly remarks: readonly string[]
} {
  const [representative] = alike
  if (representative === undefined) throw new RangeError(`no process in ${name}`)
  const wanted = meanSpans(alike, processes, counted)
  const shown = representative.parts
    .map((part, index) => {
      const spans = wanted[index] ?? 0
      const same = alike.map(({ parts }) => parts[index])
      return { part, index, spans, areTogether: areTogether(same, spans) }
    })
    .filter(({ part }) => written.has(part))
  const path = ['groups', name]
  const maps = shown.map(({ part, index, spans }, position): MappingText => {
    const supposed = supposedTouch(alike, index)
    const touched = supposed ?? touchedText(alike, index, layout, spans)
    const at = [...path, 'maps', position, 'touched']
    const isKnown = alike.every(({ parts }) => parts[index]?.touch.kind === 'exact')
    if (supposed === undefined && isKnown) annotated.say(at, touched.note)
    else annotated.estimate(at, touched.note)
    return mapText(part, touched.text, layout)
  })
  if (alike.length < processes.length) {
    const text = `mappings: as in ${alike.length} of them; sums: over all`
    annotated.comment(path, text)
  }
  const left = representative.parts.length - shown.length
  const { own, ...sums } = sumOf(processes, counted)
  const text = {
    ...sharedTraits(processes, limitOf, path, annotated),
    ...means(processes, layout.pageBytes / 1024, path, annotated),
  }
  return {
    group: {
      name,
      processes: processes.length,
      ...sums,
      // With the tables of mappings that are not written, the right baseTables are unknown.
      ...(left > 0 || own === undefined ? {} : { own }),
      parts: shown,
    },
    text: { ...text, ...(maps.length === 0 ? {} : { maps }) },
    remarks:
      left === 0
        ? []
        : [
            `${shown.length} of ${representative.parts.length} mappings of ${name} are written, those with the most tables; baseTables holds the tables of the others`,
          ],
  }
}

/** The processes with the most usual mappings, that nearest to their mean first. */
function processesAlike(processes: readonly CapturedProcess[]): readonly CapturedProcess[] {
  const kinds = new Map<string, CapturedProcess[]>()
  const known = processes.filter(({ seen }) => seen.space !== undefined)
  for (const process of known.length === 0 ? processes : known) {
    const key = mappingsOf(process)
    const kind = kinds.get(key)
    if (kind === undefined) kinds.set(key, [process])
    else kind.push(process)
  }
  const [most = []] = [...kinds.values()].toSorted((left, right) => right.length - left.length)
  const average = mean(most.map(spansOfProcess))
  const distance = (process: CapturedProcess): number => Math.abs(spansOfProcess(process) - average)
  return most.toSorted((left, right) => distance(left) - distance(right))
}

function spansOfProcess({ parts }: CapturedProcess): number {
  return parts.reduce(
    (sum, { touch }) => sum + (touch.kind === 'exact' ? touch.spans.count : touch.most),
    0,
  )
}

function mapText(
  { region, start, pages, offset, writable }: MappedPart,
  touched: MappingText['touched'],
  { pageBytes }: Layout,
): MappingText {
  const toTheEnd = offset + pages === region.pages
  return {
    region: region.name,
    at: writeAddress(start, pageBytes),
    movable: true,
    ...(offset === 0 ? {} : { offset: writeSize(bytes(offset * pageBytes)) }),
    ...(toTheEnd ? {} : { length: writeSize(bytes(pages * pageBytes)) }),
    touched,
    ...(writable ? {} : { access: 'ro' }),
  }
}
