import { readCgroup } from './cgroup-lines.ts'
import type { KillLine } from './kill-lines.ts'
import { constraintIn, isGroupKill, isPanic, killIn } from './kill-lines.ts'
import { architectureIn, releaseIn } from './machine-lines.ts'
import { readMemory } from './memory-lines.ts'
import { present } from './present.ts'
import type { Architecture, KilledTask, OomConstraint, OomReport } from './report.ts'
import { readTasks } from './task-lines.ts'

/** The first line of a report. */
export interface Opening {
  readonly invokedBy: string
  readonly order?: number
}

/** dump_header() of mm/oom_kill.c. `order=-1`: SysRq f. */
export function openingOf(line: string): Opening | undefined {
  const at = line.indexOf(' invoked oom-killer:')
  if (at <= 0) return undefined
  const [, digits] = /\border=(-?\d{1,2})\b/.exec(line.slice(at)) ?? []
  const order = Number(digits)
  const isOrder = digits !== undefined && order >= -1 && order <= mostOrder
  return {
    invokedBy: line.slice(0, at).trim().slice(-64),
    ...present({ order: isOrder ? order : undefined }),
  }
}

/** MAX_PAGE_ORDER is far below it on every architecture. */
const mostOrder = 31

/** A report while its lines are read. */
export interface ReportDraft {
  readonly open: (opening: Opening) => void
  readonly take: (line: string) => void
  /** The line can only be of another report, whose beginning is missing. */
  readonly isOver: (line: string) => boolean
  /** `undefined` where nothing was of a report. */
  readonly report: () => OomReport | undefined
}

/** Where a report begins, and what the log said of the machine before. */
export interface Beginning extends Pick<OomReport, 'offset' | 'stamp' | 'release'> {}

export function draftOf(beginning: Beginning): ReportDraft {
  const [memory, tasks, cgroup] = [readMemory(), readTasks(), readCgroup()]
  const killed = readKills()
  const machine = readMachine(beginning.release)
  let constraint: OomConstraint | undefined
  let opening: Opening | undefined
  let nodes: string | undefined
  let [isAny, panicked] = [false, false]
  const takeSummary = (line: string): boolean => {
    const summary = constraintIn(line)
    if (summary === undefined) return false
    constraint = summary.constraint
    nodes ??= summary.nodes
    if (summary.cgroup !== undefined) cgroup.name(summary.cgroup)
    return true
  }
  const takeKill = (line: string): boolean => {
    const kill = killed.take(line)
    if (kill?.isCgroup) constraint ??= 'cgroup'
    return kill !== undefined
  }
  const takePanic = (line: string): boolean => {
    const isEnd = isPanic(line)
    panicked ||= isEnd
    return isEnd
  }
  const takeEnd = (line: string): boolean => {
    const isEnd = takeSummary(line) || takeKill(line) || takePanic(line)
    if (isEnd) tasks.close()
    return isEnd
  }
  const takers: readonly ((line: string) => boolean)[] = [
    tasks.take,
    takeEnd,
    memory.take,
    cgroup.take,
  ]
  return {
    open: (given) => {
      opening = given
      isAny = true
    },
    take: (line) => {
      if (takers.some((take) => take(line))) isAny = true
      else if (isAny) {
        machine.take(line)
        nodes ??= nodesIn(line)
      }
    },
    isOver: (line) =>
      !killed.isEmpty() &&
      (line === 'Mem-Info:' || (line.startsWith('[ ') && /^\[\s*pid\s*\]/.test(line))),
    report: () => {
      // A failed allocation and SysRq m print Mem-Info too, and kill no one.
      const isOne = opening !== undefined || !tasks.isEmpty() || !killed.isEmpty() || panicked
      if (!isOne) return undefined
      const info = cgroup.info()
      const dump = tasks.dump()
      const [victim] = killed.tasks()
      // The list that a search for words found lacks most processes.
      const isWhole = dump.isWhole && (victim === undefined || tasks.has(victim.pid))
      return {
        ...beginning,
        ...opening,
        ...machine.info(),
        ...present({ nodes, cgroup: info }),
        constraint: constraint ?? (info === undefined ? 'machine' : 'cgroup'),
        memory: memory.info(),
        dump: { ...dump, isWhole },
        killed: killed.tasks(),
        panicked,
      }
    },
  }
}

/** `postgres cpuset=/ mems_allowed=0-1`: cpuset_print_current_mems_allowed() of kernel/cgroup/cpuset.c. */
function nodesIn(line: string): string | undefined {
  const at = line.indexOf('mems_allowed=')
  return at < 0 ? undefined : /^mems_allowed=([\d,-]{1,200})$/.exec(line.slice(at))?.[1]
}

/** The machine in the lines between the others. */
function readMachine(earlier: string | undefined) {
  let release = earlier
  let architecture: Architecture | undefined
  return {
    take: (line: string): void => {
      release = releaseIn(line) ?? release
      architecture ??= architectureIn(line)
    },
    info: () => present({ release, architecture }),
  }
}

/** memory.oom.group and storms kill many; more than this no one reads. */
const mostKilled = 10_000

function readKills() {
  const killed = new Map<number, KilledTask>()
  let isOfGroup = false
  let announced: KillLine['announced']
  return {
    take: (line: string): KillLine | undefined => {
      if (isGroupKill(line)) {
        isOfGroup = true
        return { isCgroup: true }
      }
      const kill = killIn(line)
      announced = kill?.announced ?? announced
      if (kill?.killed !== undefined) add(kill.killed)
      return kill
    },
    isEmpty: () => killed.size === 0,
    tasks: () => [...killed.values()],
  }

  /** A message that a console and a journal both kept is there twice. */
  function add(task: KilledTask): void {
    const known = killed.get(task.pid)
    if (known === undefined && killed.size >= mostKilled) return
    // The child of a process with most points may have been killed in its place (before Linux 5.1).
    const because = isOfGroup
      ? 'oom-group'
      : (task.because ?? (announced?.pid === task.pid ? announced.because : undefined))
    killed.set(task.pid, { ...known, ...task, ...present({ because }) })
  }
}
