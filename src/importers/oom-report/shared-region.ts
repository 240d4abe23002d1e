import type { Layout, LevelName } from '../../geometry/layout.ts'
import type { RegionText } from '../../scenario/schema/scenario-text.ts'
import { groupedBy } from '../../units/grouped.ts'
import { sumBy } from '../../units/sum.ts'
import type { GroupFigures } from './group-figures.ts'
import { present } from './log/present.ts'
import { spanBytes, spanOf, spansIn } from './table-bytes.ts'

/** Memory that a group's page tables show it shares. */
export interface SharedRegion {
  readonly name: string
  readonly backing: NonNullable<RegionText['backing']>
  readonly program: NonNullable<RegionText['program']>
  /** In bytes, a whole number of spans. */
  readonly size: number
  /** What decided the size. */
  readonly sizeBy: 'tables' | 'resident'
  /** In memory, in bytes; absent of files. */
  readonly resident?: number
  readonly sharers: readonly Sharer[]
}

/** A group, and the spans of a pte table that one of its processes touched on average. */
export interface Sharer {
  readonly figures: GroupFigures
  readonly spans: number
  /** Tables of these spans, in bytes, with levels that the list does not count. */
  readonly tableBytes: number
  /** Those that the list counts. */
  readonly countedBytes: number
}

/** What is known of shared memory besides the list. */
export interface SharedMemory {
  /** Shmem in memory, of the machine or of the cgroup, in bytes. */
  readonly shmem?: number
  readonly hasSwap: boolean
  /** The memory that ran out, in bytes; 0: unknown. */
  readonly total: number
}

/** Tables of less than this are those of programs. */
const leastExcess = 2 ** 19
/** A region whose tables take less of what ran out changes nothing. */
const leastShare = 0.01

/**
 * Shared regions by user: the tables of a process that are far more than its private memory needs map
 * something, and each pte table holds at least one page that was touched. Shared memory is only possible
 * as far as shmem is resident or swapped; otherwise it is a file, or the private memory is sparse.
 */
export function sharedRegions(
  figures: readonly GroupFigures[],
  layout: Layout,
  without: readonly LevelName[],
  known: SharedMemory,
): readonly SharedRegion[] {
  const mapping = figures.flatMap((one) => {
    const kind = kindOf(one, layout, without, known)
    return kind === undefined ? [] : [{ figures: one, kind }]
  })
  const alike = groupedBy(mapping, ({ figures: { group }, kind }) => `${kind} ${group.uid ?? ''}`)
  const drafts = [...alike.values()].map((members) =>
    draftOf(
      members.map((one) => one.figures),
      members[0]?.kind ?? 'file',
      layout,
      without,
    ),
  )
  const ofShmem = drafts.filter(({ kind }) => kind === 'shmem')
  const all = sumBy(ofShmem, ({ size }) => size)
  return drafts.map((draft) => {
    const isShmem = draft.kind === 'shmem' && known.shmem !== undefined
    const part = isShmem ? (known.shmem ?? 0) * (draft.size / all) : undefined
    // Shared memory that no session has touched lately belongs to it all the same.
    const grown = ofShmem.length === 1 ? wholeSpans(part ?? 0, layout) : 0
    const size = Math.max(draft.size, grown)
    const resident = part === undefined ? undefined : Math.min(wholePages(part, layout), size)
    return {
      name: nameOf(draft, drafts.length === 1),
      ...programOf(draft),
      size,
      sizeBy: size > draft.size ? 'resident' : 'tables',
      ...present({ resident }),
      sharers: draft.members.map((one) => sharerOf(one, size, layout, without)),
    }
  })
}

function nameOf({ members: [first], kind }: RegionDraft, isOnly: boolean): string {
  const what = kind === 'file' ? 'mapped-files' : 'shared-memory'
  return isOnly ? what : `${what} of ${first?.group.name ?? 'others'}`
}

function wholePages(bytes: number, { pageBytes }: Layout): number {
  return Math.floor(bytes / pageBytes) * pageBytes
}

type Kind = 'shmem' | 'file'

function kindOf(
  figures: GroupFigures,
  layout: Layout,
  without: readonly LevelName[],
  known: SharedMemory,
): Kind | undefined {
  const { group, tables, ownTables, processes } = figures
  const mean = tables.sum / processes
  const excess = mean - ownTables
  // Processes of several users share no one region.
  if (group.uid === undefined || excess < leastExcess || excess < mean / 2) return undefined
  if (excess * processes < known.total * leastShare) return undefined
  const spans = spansIn(excess, layout, without)
  if (canBeShmem(figures, spans, layout, known)) return 'shmem'
  return processes > 1 && canBeFile(figures, spans) ? 'file' : undefined
}

/** Each table has a page that is resident, or that was and is swapped now. */
function canBeShmem(
  { shmem, rss, processes }: GroupFigures,
  spans: number,
  { pageBytes }: Layout,
  known: SharedMemory,
): boolean {
  const possible = Math.min(shmem?.most ?? rss.most, (known.shmem ?? 0) / pageBytes)
  const needed = known.hasSwap ? spans / 2 : spans * nearly
  return possible >= needed && (processes > 1 || shmem !== undefined)
}

/** Pages of files leave memory and keep their tables. Sparse private memory would explain as much. */
function canBeFile({ anon, file, processes }: GroupFigures, spans: number): boolean {
  const isSparse = anon !== undefined && anon.sum / processes >= spans
  return !isSparse && (file === undefined || file.most > 0)
}

/** Counters of rss lag behind by some pages: SPLIT_RSS_COUNTING, percpu_counter. */
const nearly = 0.9

interface RegionDraft {
  readonly members: readonly GroupFigures[]
  readonly kind: Kind
  readonly size: number
}

/** Each pte table but those at the ends maps a whole span of it. */
function draftOf(
  members: readonly GroupFigures[],
  kind: Kind,
  layout: Layout,
  without: readonly LevelName[],
): RegionDraft {
  const size = members.reduce((most, { tables, ownTables, shmem }) => {
    const spans = spansIn(tables.most - ownTables, layout, without)
    const resident = kind === 'shmem' ? (shmem?.most ?? 0) * layout.pageBytes : 0
    return Math.max(most, spans * spanOf(layout), wholeSpans(resident, layout))
  }, spanOf(layout))
  return { members, kind, size }
}

function wholeSpans(bytes: number, layout: Layout): number {
  return Math.ceil(bytes / spanOf(layout)) * spanOf(layout)
}

function sharerOf(
  figures: GroupFigures,
  size: number,
  layout: Layout,
  without: readonly LevelName[],
): Sharer {
  const mean = figures.tables.sum / figures.processes
  const spans = Math.min(
    size / spanOf(layout),
    Math.max(1, spansIn(mean - figures.ownTables, layout, without)),
  )
  const countedBytes = spanBytes(spans, layout, without)
  return { figures, spans, tableBytes: spanBytes(spans, layout), countedBytes }
}

type Program = NonNullable<RegionText['program']>

/** Commands that are known, and where their shared memory is unless they are told otherwise. */
const programs: readonly (readonly [RegExp, Program, NonNullable<RegionText['backing']>])[] = [
  [/^(?:postgres|postmaster|edb-postgres)\b/, 'postgresql', 'anonymous-shared'],
  [/^(?:oracle|ora_|asm_)/, 'oracle', 'sysv-shm'],
  [/^mariadbd\b/, 'mariadb', 'posix-shm'],
  [/^mysqld\b/, 'mysql', 'posix-shm'],
  [/^java$/, 'java', 'posix-shm'],
  [/^(?:redis|valkey|keydb)-server/, 'redis', 'posix-shm'],
  [/^hdb[a-z]/, 'hana', 'posix-shm'],
]

function programOf({ members, kind }: RegionDraft): Pick<SharedRegion, 'program' | 'backing'> {
  const commands = members.map(({ group }) => group.tasks[0]?.name ?? '')
  const [, program = 'other', backing = 'posix-shm'] =
    programs.find(([names]) => commands.some((command) => names.test(command))) ?? []
  return { program, backing: kind === 'file' ? 'file' : backing }
}
