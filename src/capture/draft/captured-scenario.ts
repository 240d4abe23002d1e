import type { Layout, LevelName } from '../../geometry/layout.ts'
import type { GroupText, MappingText, ScenarioText } from '../../scenario/schema/scenario-text.ts'
import type { Note } from '../../scenario/write-scenario.ts'
import { writeAddress } from '../../units/address.ts'
import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Book } from '../estimate/book.ts'
import { assume, note } from '../estimate/book.ts'
import type { Member, Piece } from '../estimate/captured-process.ts'
import { memberOf } from '../estimate/captured-process.ts'
import type { CapturedRegions } from '../estimate/captured-regions.ts'
import { captureRegions } from '../estimate/captured-regions.ts'
import { areTogether } from '../estimate/estimated-touch.ts'
import type { GroupSums } from '../estimate/group-figures.ts'
import { mean, means, sharedTraits, sumOf } from '../estimate/group-figures.ts'
import type { LimitedCgroup } from '../estimate/limited-groups.ts'
import { tightestLimit } from '../estimate/limited-groups.ts'
import type { Grouping, ProcessClass } from '../estimate/process-classes.ts'
import { classesOf, mappingsOf } from '../estimate/process-classes.ts'
import { shmemKib } from '../estimate/resident.ts'
import { meanWindows } from '../estimate/span-estimate.ts'
import { touchedText } from '../estimate/touched-text.ts'
import { writtenMappings } from '../estimate/written-mappings.ts'
import type { Fault } from '../files/tree.ts'
import { hostText } from '../host/host-text.ts'
import { poolOfOthers } from '../host/pool-of-others.ts'
import { poolRemarks, supposedTouch } from '../host/pool-use.ts'
import { countedLayout, uncountedLevels } from '../host/uncounted-levels.ts'
import { wholeHost } from '../host/whole-host.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import { scaleOf } from '../machine/machine-layout.ts'
import type { Observation } from '../machine/observation.ts'
import { withoutMappings } from './unseen.ts'

/** A scenario without base tables: these are what the planner's own figures leave of VmPTE. */
export interface Draft {
  readonly layout: Layout
  /** Levels whose tables the VmPTE of this kernel does not count. */
  readonly uncounted: readonly LevelName[]
  readonly scenario: ScenarioText
  readonly groups: readonly DraftGroup[]
  readonly notes: readonly Note[]
  /** Path of a value → where it was read. */
  readonly sources: ReadonlyMap<string, string>
  /** Values that were estimated, with the reason. */
  readonly assumed: readonly Note[]
  readonly regions: CapturedRegions
  readonly remarks: readonly string[]
  /** All shmem there is, whoever has it. */
  readonly shmemBytes: number
}

export interface DraftGroup extends GroupSums {
  readonly name: string
  readonly processes: number
  /** Mappings of one process, and the windows that each is taken to touch. */
  readonly pieces: readonly DraftPiece[]
}

interface DraftPiece {
  readonly piece: Piece
  readonly windows: number
  readonly areTogether: boolean
}

export type Drafting =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly fault: Fault }

/** Turns what was seen into a scenario. */
export function draftScenario(
  seen: Observation & { readonly layout: KnownLayout },
  grouping: Grouping | undefined,
): Drafting {
  const { layout } = seen.layout
  const host = hostText(seen.files, seen.layout)
  if ('fault' in host) return { ok: false, fault: host.fault }
  const scale = scaleOf(layout)
  const regions = captureRegions(seen, layout, scale, host.host)
  const members = seen.processes.map((process) => memberOf(process, regions.regions, scale))
  const limitOf = (member: Member): LimitedCgroup | undefined =>
    tightestLimit(member.process.cgroup, seen.files)
  const classes = classesOf(members, grouping, (member) => limitOf(member)?.path)
  const book: Book = { notes: [], sources: new Map(), assumed: [], remarks: [] }
  const uncounted = uncountedLevels(seen)
  const counted = countedLayout(layout, uncounted)
  const peers = classes.map((one) => peersOf(one.members))
  const written = writtenMappings(peers.map(([middle]) => middle?.pieces ?? []))
  const groups = classes.map((one, index) =>
    groupOf(one, peers[index] ?? [], { layout, counted, limitOf, written }, book),
  )
  const used = new Set(groups.flatMap(({ text }) => (text.maps ?? []).map(({ region }) => region)))
  const texts = Object.fromEntries(groups.map(({ draft, text }) => [draft.name, text]))
  const whole = wholeHost(
    seen,
    host,
    classes.map(({ members: [first] }) => first && limitOf(first)),
    book,
  )
  const captured = regionTexts(regions, used, book)
  const others = poolOfOthers(seen.files, host.host, { regions: captured, groups: texts }, book)
  const scenario: ScenarioText = {
    version: 1,
    name: titleOf(classes),
    host: whole,
    regions: { ...captured, ...others },
    groups: texts,
  }
  const drafts = groups.map(({ draft }) => draft)
  const remarks = [
    ...host.remarks,
    ...assumedLayout(seen.layout),
    ...withoutMappings(seen),
    ...withoutOthers(seen),
    ...poolRemarks(seen.files, members),
    ...book.remarks,
  ]
  const { notes, sources, assumed } = book
  const shmemBytes = shmemKib(seen) * 1024
  return {
    ok: true,
    draft: {
      layout,
      uncounted,
      scenario,
      groups: drafts,
      notes,
      sources,
      assumed,
      regions,
      remarks,
      shmemBytes,
    },
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
      : 'no kernel thread is among them: these are of a container, or some of a machine'
  return [
    `not all processes of the machine are known, for ${why}; what the others have of PageTables is not known either`,
  ]
}

/** Of the programs that map regions those that come first, else of all; the next capture has the same. */
function titleOf(classes: readonly ProcessClass[]): string {
  const mapping = classes.filter(({ members }) => members.some(({ pieces }) => pieces.length > 0))
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
  book: Book,
): NonNullable<ScenarioText['regions']> {
  const shown = [...regions.values()].filter(({ name }) => used.has(name))
  for (const { name, notes, assumed } of shown) {
    for (const [key, why] of assumed) assume(book, ['regions', name, key], why)
    for (const text of notes) book.notes.push({ path: ['regions', name], text })
    book.sources.set(pathText(['regions', name, 'size']), notes[0]?.replace(/^size: /, '') ?? '')
  }
  return Object.fromEntries(shown.map(({ name, text }) => [name, text]))
}

interface Setting {
  readonly layout: Layout
  /** Without the levels that VmPTE does not count. */
  readonly counted: Layout
  readonly limitOf: (member: Member) => LimitedCgroup | undefined
  readonly written: ReadonlySet<Piece>
}

function groupOf(
  { name, members }: ProcessClass,
  peers: readonly Member[],
  { layout, counted, limitOf, written }: Setting,
  book: Book,
): { readonly draft: DraftGroup; readonly text: GroupText } {
  const [middle] = peers
  if (middle === undefined) throw new RangeError(`no process in ${name}`)
  const wanted = meanWindows(peers, members, counted)
  const shown = middle.pieces
    .map((piece, index) => {
      const windows = wanted[index] ?? 0
      const same = peers.map(({ pieces }) => pieces[index])
      return { piece, index, windows, areTogether: areTogether(same, windows) }
    })
    .filter(({ piece }) => written.has(piece))
  const path = ['groups', name]
  const maps = shown.map(({ piece, index, windows }, position): MappingText => {
    const supposed = supposedTouch(peers, index)
    const touched = supposed ?? touchedText(peers, index, layout, windows)
    const at = [...path, 'maps', position, 'touched']
    const isKnown = peers.every(({ pieces }) => pieces[index]?.touch.kind === 'exact')
    if (supposed === undefined && isKnown) note(book, at, touched.note)
    else assume(book, at, touched.note)
    return mapText(piece, touched.text, layout)
  })
  if (peers.length < members.length) {
    const text = `the mappings are those of ${peers.length} of them, the sums those of all`
    book.notes.push({ path, text })
  }
  const left = middle.pieces.length - shown.length
  if (left > 0) {
    const most = `${shown.length} of ${middle.pieces.length} mappings of ${name} are written, those with the most tables`
    book.remarks.push(`${most}; the tables of the others are in baseTables`)
  }
  const { own, ...sums } = sumOf(members, counted)
  const text = {
    ...sharedTraits(members, limitOf, path, book),
    ...means(members, layout.pageBytes / 1024, path, book),
  }
  return {
    draft: {
      name,
      processes: members.length,
      ...sums,
      // With the tables of mappings that are not written, nobody knows what baseTables should be.
      ...(left > 0 || own === undefined ? {} : { own }),
      pieces: shown,
    },
    text: { ...text, ...(maps.length === 0 ? {} : { maps }) },
  }
}

/** The processes with the most usual mappings, that nearest to their mean first. */
function peersOf(members: readonly Member[]): readonly Member[] {
  const kinds = new Map<string, Member[]>()
  const known = members.filter(({ process }) => process.space !== undefined)
  for (const member of known.length === 0 ? members : known) {
    const key = mappingsOf(member)
    const kind = kinds.get(key)
    if (kind === undefined) kinds.set(key, [member])
    else kind.push(member)
  }
  const [most = []] = [...kinds.values()].toSorted((left, right) => right.length - left.length)
  const average = mean(most.map(windowsOfMember))
  const distance = (member: Member): number => Math.abs(windowsOfMember(member) - average)
  return most.toSorted((left, right) => distance(left) - distance(right))
}

function windowsOfMember({ pieces }: Member): number {
  return pieces.reduce(
    (sum, { touch }) => sum + (touch.kind === 'exact' ? touch.windows.count : touch.most),
    0,
  )
}

function mapText(
  { region, start, pages, offset, writable }: Piece,
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
