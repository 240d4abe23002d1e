import type { Region } from './region.ts'
import type { Action, Step } from './timeline.ts'
import type { Workload } from './workload.ts'

/**
 * Regions that do not exist before the first step of a timeline: those that a step creates although
 * nothing has taken them away.
 */
export function absentAtFirst(
  workload: Workload,
  steps: readonly Step<Workload>[],
): ReadonlySet<string> {
  const course: Course = {
    scenario: workload,
    absent: new Set(),
    there: new Set(workload.regions.map(({ name }) => name)),
    running: new Map(workload.groups.map(({ name, processes }) => [name, processes])),
  }
  for (const { actions, scenario } of steps) {
    for (const { name, processes } of changedGroups(course.scenario, scenario)) {
      populate(course, name, processes - (course.running.get(name) ?? 0))
    }
    course.scenario = scenario ?? course.scenario
    for (const action of actions) follow(course, action)
  }
  return course.absent
}

/** What exists and runs as steps go by. */
interface Course {
  scenario: Workload
  readonly absent: Set<string>
  readonly there: Set<string>
  readonly running: Map<string, number>
}

function populate({ scenario, there, running }: Course, group: string, processes: number): void {
  const left = (running.get(group) ?? 0) + processes
  running.set(group, left)
  if (left > 0 || processes > 0) return
  for (const { name } of ownedBy(scenario, group)) there.delete(name)
}

function follow(course: Course, action: Action): void {
  switch (action.kind) {
    case 'start':
      populate(course, action.group, action.processes)
      return
    case 'fork':
      populate(course, action.into, action.processes)
      return
    case 'stop':
    case 'crash':
      populate(course, action.group, -action.processes)
      return
    case 'create':
      if (course.there.has(action.region)) course.absent.add(action.region)
      course.there.add(action.region)
      return
    case 'close':
      if (hasOwner(course.scenario)) course.there.delete(action.region)
      return
    case 'unlink':
      course.there.delete(action.region)
      return
    case 'touch':
    case 'unmap':
    case 'dontneed':
    case 'attach':
    case 'pool':
    case 'set':
      return
  }
}

/** Groups whose number of processes a step sets. */
function changedGroups(before: Workload, after: Workload | undefined): Workload['groups'] {
  if (after === undefined) return []
  return after.groups.filter(
    ({ name, processes }) =>
      before.groups.find((one) => one.name === name)?.processes !== processes,
  )
}

/** Under v3-2025 an mshare region has an owner, with which it goes. */
export function hasOwner({ mshareRevision }: Workload): boolean {
  return mshareRevision === 'v3-2025'
}

/** The group of the process that made an mshare region: said, or the first that maps it. */
export function ownerOf({ groups }: Workload, { name, mshare }: Region): string | undefined {
  if (mshare === undefined) return undefined
  return mshare.owner ?? groups.find(({ maps }) => maps.some(({ region }) => region === name))?.name
}

/** mshare regions that end with the last process of a group. */
export function ownedBy(workload: Workload, group: string): readonly Region[] {
  if (!hasOwner(workload)) return []
  return workload.regions.filter((region) => ownerOf(workload, region) === group)
}
