import type { Layout, LevelName } from '../../geometry/layout.ts'
import { sumBy } from '../../units/sum.ts'
import type { KilledTask, Task } from './log/report.ts'
import type { TaskGroup } from './process-groups.ts'
import { listedBytes, spanBytes, spanOf } from './table-bytes.ts'

/** What a group's processes have: sums, means of one process, and the most. Memory is in pages. */
export interface GroupFigures {
  readonly group: TaskGroup
  readonly processes: number
  /** Listed page tables, in bytes. */
  readonly tables: Spread
  readonly rss: Spread
  readonly swap: Spread
  /** Where the list or a killed process splits rss. */
  readonly shmem?: Spread
  readonly file?: Spread
  readonly anon?: Known
  /** Page tables that a process needs for itself, in bytes, as far as the list counts them. */
  readonly ownTables: number
}

export interface Spread {
  readonly sum: number
  readonly most: number
}

/** Private memory in pages, all processes together. */
export interface Known {
  readonly sum: number
  readonly source: 'list' | 'killed'
}

/** Typical of a database process without the shared memory: 130 to 485 KiB were measured. */
const typicalTables = 40

export function figuresOf(
  group: TaskGroup,
  layout: Layout,
  without: readonly LevelName[],
  killed: readonly KilledTask[],
): GroupFigures {
  const { tasks } = group
  const anon = anonOf(tasks, killed, layout)
  const [shmem, file] = [partOf(tasks, 'shmem'), partOf(tasks, 'file')]
  const own = anon === undefined ? 0 : (anon.sum / tasks.length) * layout.pageBytes
  const typical = typicalTables * (layout.levels[0]?.tableBytes ?? layout.pageBytes)
  const ofOwn = spanBytes(Math.ceil(own / spanOf(layout)), layout, without)
  return {
    group,
    processes: tasks.length,
    tables: spreadOf(tasks, (task) => listedBytes(task, layout)),
    rss: spreadOf(tasks, ({ rss }) => rss),
    swap: spreadOf(tasks, ({ swap }) => swap),
    ...(shmem === undefined ? {} : { shmem }),
    ...(file === undefined ? {} : { file }),
    ...(anon === undefined ? {} : { anon }),
    ownTables: typical + ofOwn,
  }
}

function spreadOf(tasks: readonly Task[], of: (task: Task) => number): Spread {
  return { sum: sumBy(tasks, of), most: tasks.reduce((most, task) => Math.max(most, of(task)), 0) }
}

function partOf(tasks: readonly Task[], part: 'shmem' | 'file'): Spread | undefined {
  return tasks.every((task) => task[part] !== undefined)
    ? spreadOf(tasks, (task) => task[part] ?? 0)
    : undefined
}

/** rss_anon since Linux 6.8; before, the kernel splits only what the killed process had. */
function anonOf(
  tasks: readonly Task[],
  killed: readonly KilledTask[],
  { pageBytes }: Layout,
): Known | undefined {
  if (tasks.every(({ anon }) => anon !== undefined)) {
    return { sum: sumBy(tasks, ({ anon = 0 }) => anon), source: 'list' }
  }
  const members = new Map(tasks.map((task) => [task.pid, task]))
  const victim = killed.find(({ pid, anon }) => anon !== undefined && members.has(pid))
  if (victim?.anon === undefined) return undefined
  const each = Math.floor((victim.anon * 1024) / pageBytes)
  return { sum: sumBy(tasks, ({ rss }) => Math.min(rss, each)), source: 'killed' }
}
