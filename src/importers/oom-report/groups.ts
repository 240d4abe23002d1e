import type { Layout, LevelName } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, MappingText, RegionText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import type { GroupFigures } from './group-figures.ts'
import { present } from './log/present.ts'
import type { PrivateMemory } from './private-memory.ts'
import type { SharedRegion, Sharer } from './shared-region.ts'
import { sizeText } from './size-text.ts'
import { ownUncounted, spanOf } from './table-bytes.ts'

/** What the groups are made from. */
export interface Parts {
  readonly layout: Layout
  readonly uncounted: readonly LevelName[]
  readonly regions: readonly SharedRegion[]
  readonly privates: ReadonlyMap<GroupFigures, PrivateMemory>
  /** The list has page tables. */
  readonly hasTables: boolean
  readonly cgroup?: string
}

/** A group as the scenario has it, and what its processes are planned to take together, in bytes. */
export interface WrittenGroup {
  readonly name: string
  readonly text: GroupText
  readonly tableBytes: number
  /** With what is swapped. */
  readonly privateBytes: number
  readonly swapped: number
}

/** What was listed of a group, as the scenario plans it: the tables add up to those of the list. */
export function groupText(
  figures: GroupFigures,
  parts: Parts,
  annotated: AnnotatedScenario,
): WrittenGroup {
  const { layout, uncounted, regions, privates, hasTables, cgroup } = parts
  const { group, processes, swap, tables } = figures
  const { name, uid, adj } = group
  const path = ['groups', name]
  const share = shareOf(figures, regions)
  const own = privates.get(figures)
  const privateEach = Math.floor(((own?.pages ?? 0) + swap.sum) / processes) * layout.pageBytes
  const planned = tables.sum / processes + uncountedEach(share?.sharer, uncounted, layout)
  const base = Math.max(0, Math.round(planned - (share?.sharer.tableBytes ?? 0)))
  annotated.say(
    [...path, 'processes'],
    'processes of that command, user and oom_score_adj in the list',
  )
  sayPrivate(figures, own, path, layout, annotated)
  if (hasTables) sayBase(figures, share?.sharer, uncounted, path, annotated)
  if (share !== undefined) sayTouched(share, path, layout, annotated)
  return {
    name,
    tableBytes: planned * processes,
    privateBytes: privateEach * processes,
    swapped: Math.min(privateEach * processes, swap.sum * layout.pageBytes),
    text: {
      processes,
      private: sizeText(privateEach),
      ...present({
        baseTables: hasTables ? sizeText(base) : undefined,
        uid: uid || undefined,
        oomScoreAdj: adj || undefined,
        cgroup,
        maps: share && [mapText(share, layout)],
      }),
    },
  }
}

interface Share {
  readonly region: SharedRegion
  readonly sharer: Sharer
}

function shareOf(figures: GroupFigures, regions: readonly SharedRegion[]): Share | undefined {
  const shares = regions.flatMap((region) => region.sharers.map((sharer) => ({ region, sharer })))
  return shares.find(({ sharer }) => sharer.figures === figures)
}

/** Tables of one process that exist, but that the list does not count, in bytes. */
function uncountedEach(
  sharer: Sharer | undefined,
  uncounted: readonly LevelName[],
  layout: Layout,
): number {
  const shared = sharer === undefined ? 0 : sharer.tableBytes - sharer.countedBytes
  return shared + ownUncounted(uncounted, layout)
}

const privateSources: Readonly<Record<PrivateMemory['how'], string>> = {
  list: 'mean of rss_anon and swapents in the list',
  killed: 'anon-rss of the killed process for each, and mean swapents of the list',
  divided: 'its part of all anonymous memory, divided by rss, and mean swapents of the list',
  rss: 'mean of rss and swapents in the list: the report does not say how much of rss is private',
}

function sayPrivate(
  { rss, processes, anon }: GroupFigures,
  own: PrivateMemory | undefined,
  path: readonly string[],
  { pageBytes }: Layout,
  annotated: AnnotatedScenario,
): void {
  const how = own?.how ?? 'rss'
  const mean = Math.round((rss.sum / processes) * pageBytes)
  if (anon?.source === 'list') annotated.say([...path, 'private'], privateSources[how])
  else {
    const bounds = how === 'rss' ? '' : `; at most its rss, ${formatBytes(mean)}`
    annotated.estimate([...path, 'private'], `${privateSources[how]}${bounds}`)
  }
}

function sayBase(
  { tables, processes }: GroupFigures,
  sharer: Sharer | undefined,
  uncounted: readonly LevelName[],
  path: readonly string[],
  annotated: AnnotatedScenario,
): void {
  const mean = formatBytes(Math.round(tables.sum / processes))
  const column = uncounted.length > 0 ? 'page tables' : 'pgtables_bytes'
  const less = sharer === undefined ? '' : `, less ${formatBytes(sharer.tableBytes)} for the region`
  const more =
    uncounted.length === 0
      ? ''
      : `; ${uncounted.join(' and ')} tables, which the list leaves out, are added`
  annotated.say([...path, 'baseTables'], `mean of ${column} in the list, ${mean}${less}${more}`)
}

function mapText({ region, sharer: { spans } }: Share, layout: Layout): MappingText {
  const touched = spans * spanOf(layout)
  return {
    region: region.name,
    ...(touched >= region.size ? {} : { touched: { first: sizeText(touched) } }),
  }
}

/** Each pte table holds one page at least, and all that it can map at most. */
function sayTouched(
  { region, sharer: { spans } }: Share,
  path: readonly string[],
  layout: Layout,
  annotated: AnnotatedScenario,
): void {
  const [least, most] = [spans * layout.pageBytes, spans * spanOf(layout)]
  const bounds = `each process touched between ${formatBytes(least)} and ${formatBytes(most)}`
  const why = `inferred from ${spans} pte tables of a mean process: ${bounds}`
  const touched = [...path, 'maps', 0, 'touched']
  if (most >= region.size) annotated.comment([...path, 'maps', 0], why)
  else annotated.estimate(touched, `${why}; where in the region is assumed`)
}

/** The region of shared memory, with what is inferred of it. */
export function regionText(
  { name, size, sizeBy, resident, backing, program }: SharedRegion,
  annotated: AnnotatedScenario,
): RegionText {
  const path = ['regions', name]
  annotated.estimate([...path, 'size'], sizeSources[sizeBy])
  annotated.estimate([...path, 'backing'], backingWhy(backing))
  if (resident !== undefined)
    annotated.estimate([...path, 'resident'], 'shmem in memory, as far as it can be this region')
  return {
    size: sizeText(size),
    backing,
    ...(program === 'other' ? {} : { program }),
    ...(resident === undefined ? {} : { resident: sizeText(resident) }),
  }
}

const sizeSources: Readonly<Record<SharedRegion['sizeBy'], string>> = {
  tables:
    'inferred: what the page tables of the process with most of them map, or its shared memory',
  resident: 'inferred: all shmem of the report is taken as this region',
}

function backingWhy(backing: SharedRegion['backing']): string {
  return backing === 'file'
    ? 'inferred: page tables that neither private nor shared memory explains'
    : 'inferred from the command: the report does not say which kind of shared memory it is'
}
