import { groupedBy } from '../../units/grouped.ts'
import { printable } from '../../units/printable.ts'
import { sumBy } from '../../units/sum.ts'
import type { Task } from './log/report.ts'

/** Processes that are planned alike. */
export interface TaskGroup {
  readonly name: string
  readonly tasks: readonly Task[]
  readonly uid?: number
  readonly adj?: number
}

/** How a list of processes is divided. */
export interface Division {
  readonly groups: readonly TaskGroup[]
  /** The group of a process by its id. */
  readonly groupOf: (pid: number) => string | undefined
}

/** Groups with less than this share of the page tables and of the memory go to `other`. */
const muchShare = 0.01
const mostGroups = 12
/** The group of the small ones. */
export const otherGroup = 'other'

/**
 * Processes by command, user and oom_score_adj, those with most page tables first. Numbers in commands
 * differ from process to process (`oracle_41306_or`) and count as alike.
 * @param kept process ids whose group is shown, however small.
 */
export function divide(
  tasks: readonly Task[],
  pageBytes: number,
  tableBytesOf: (task: Task) => number,
  kept: ReadonlySet<number>,
): Division {
  const alike = [...groupedBy(tasks, keyOf).values()].map((members) => ({
    members,
    tables: sumBy(members, tableBytesOf),
    resident: sumBy(members, ({ rss, swap }) => rss + swap) * pageBytes,
  }))
  const [tables, resident] = [
    sumBy(alike, (one) => one.tables),
    sumBy(alike, (one) => one.resident),
  ]
  const sorted = alike.toSorted((a, b) => b.tables + b.resident - a.tables - a.resident)
  const shown = new Set(
    sorted.filter(
      (one, index) =>
        one.members.some(({ pid }) => kept.has(pid)) ||
        (index < mostGroups && (isMuch(one.tables, tables) || isMuch(one.resident, resident))),
    ),
  )
  const rest = sorted.filter((one) => !shown.has(one))
  // A single small one can as well have its own name.
  const named = [...shown, ...(rest.length === 1 ? rest : [])].map(({ members }) => members)
  const names = namesOf(named)
  const groups: TaskGroup[] = named.map((members, index) => ({
    name: names[index] ?? '',
    tasks: members,
    ...(members[0] === undefined ? {} : { uid: members[0].uid, adj: members[0].adj }),
  }))
  if (rest.length > 1) groups.push({ name: otherGroup, tasks: rest.flatMap((one) => one.members) })
  const byPid = new Map(
    groups.flatMap((one) => one.tasks.map(({ pid }) => [pid, one.name] as const)),
  )
  return { groups, groupOf: (pid) => byPid.get(pid) }
}

function isMuch(part: number, all: number): boolean {
  return part > 0 && part >= all * muchShare
}

function keyOf({ name, uid, adj }: Task): string {
  return `${uid} ${adj} ${patternOf(name)}`
}

/** `oracle_41306_or` → `oracle_N_or`. */
function patternOf(name: string): string {
  return name.replaceAll(/\d+/g, 'N')
}

/** Names of groups, each once: with the user, then the adjustment, then a number where they would be alike. */
function namesOf(groups: readonly (readonly Task[])[]): readonly string[] {
  const taken = [otherGroup]
  return groups.map((members) => {
    const [first] = members
    if (first === undefined) return unused('processes', taken)
    const isOne = members.every(({ name }) => name === first.name)
    const plain = printable(isOne ? first.name : patternOf(first.name))
    const candidates = [plain, `${plain} of uid ${first.uid}`, `${plain} at ${first.adj}`]
    const name = candidates.find((one) => !taken.includes(one)) ?? unused(plain, taken)
    taken.push(name)
    return name
  })
}

function unused(name: string, taken: readonly string[]): string {
  let candidate = name
  for (let number = 2; taken.includes(candidate); number += 1) candidate = `${name} ${number}`
  return candidate
}
