import type { Path } from '../../../units/path.ts'
import { copiesOf } from '../../../workload/copies.ts'
import { absentAtFirst, hasOwner, ownedBy } from '../../../workload/first-regions.ts'
import { mostProcesses } from '../../../workload/group.ts'
import type { Action, Step } from '../../../workload/timeline.ts'
import type { Workload } from '../../../workload/workload.ts'
import { parsePath } from '../../yaml/parse-path.ts'
import type { Log } from '../section.ts'
import { complain } from '../section.ts'
import type { Mapped, Touching } from './mapped.ts'
import {
  isUnmapped,
  regionsOf,
  withAttached,
  withMapped,
  withoutGroup,
  withoutParts,
  withoutRegion,
} from './mapped.ts'

/** What runs and exists before a step, as far as a step can contradict it. */
export interface Running {
  /** Processes by group. */
  readonly processes: ReadonlyMap<string, number>
  /** Regions by name; `absent` where they must be created first. */
  readonly regions: ReadonlyMap<string, 'named' | 'unlinked' | 'absent'>
  readonly mapped: Mapped
}

/** Before the first step. */
export function runningIn(workload: Workload, steps: readonly Step<Workload>[]): Running {
  const absent = absentAtFirst(workload, steps)
  const { groups, regions } = workload
  const mapped = groups
    .filter(({ processes }) => processes > 0)
    .reduce((all, group) => withMapped(all, group, (region) => !absent.has(region)), none)
  return {
    processes: new Map(groups.map(({ name, processes }) => [name, processes])),
    regions: new Map(regions.map(({ name }) => [name, absent.has(name) ? 'absent' : 'named'])),
    mapped,
  }
}

const none: Mapped = new Map()

interface Checking {
  readonly log: Log
  readonly path: Path
  readonly scenario: Workload
  readonly running: Running
}

/** What runs after an action; one that cannot happen is a complaint and changes nothing. */
export function checkAction(checking: Checking, action: Action): Running {
  const { running } = checking
  switch (action.kind) {
    case 'start':
      return withMore(checking, action.group, action.processes)
    case 'stop':
    case 'crash':
      return withFewer(checking, action.group, action.processes)
    case 'fork':
      return withChildren(checking, action)
    case 'create':
      return existing(checking, action.region)
    case 'attach':
      return attachable(checking, action)
    case 'unlink':
      return nameless(checking, action.region)
    case 'close':
      return closing(checking, action.region)
    case 'set':
      return withSet(checking, action)
    case 'touch':
      return checkMapped(checking, action)
    case 'unmap':
      return { ...running, mapped: withoutParts(running.mapped, action) }
    case 'dontneed':
    case 'pool':
      return running
  }
}

/** A page that is not mapped cannot be touched: SIGSEGV. MADV_DONTNEED passes it over: ENOMEM. */
function checkMapped({ log, path, scenario, running }: Checking, action: Touching): Running {
  const group = scenario.groups.find(({ name }) => name === action.group)
  if (group !== undefined && isUnmapped(running.mapped, group, action)) {
    complain(
      log,
      path,
      {
        message: `no process of \`${action.group}\` maps this of \`${action.region}\` at step ${Number(path[1]) + 1}`,
        expected: 'what is mapped by then: after `start` or `attach`, before `unmap`',
      },
      'key',
    )
  }
  return running
}

function withMore(checking: Checking, group: string, more: number): Running {
  const { log, path, running } = checking
  const all = [...running.processes.values()].reduce((sum, one) => sum + one, more)
  if (all > mostProcesses) {
    complain(log, path, {
      message: `${all} processes exceed the limit of Linux`,
      expected: `at most ${mostProcesses}, summed over groups`,
    })
    return running
  }
  return withStarted(checking, group, (running.processes.get(group) ?? 0) + more)
}

/** New processes map what their group says, of what there is. */
function withStarted({ scenario, running }: Checking, name: string, processes: number): Running {
  const after = withProcesses(running, name, processes)
  const group = scenario.groups.find((one) => one.name === name)
  const isThere = (region: string): boolean => running.regions.get(region) === 'named'
  if (group === undefined || processes === 0) return after
  return { ...after, mapped: withMapped(running.mapped, group, isThere) }
}

function withProcesses(running: Running, group: string, processes: number): Running {
  return { ...running, processes: new Map([...running.processes, [group, processes]]) }
}

function withFewer(checking: Checking, group: string, fewer: number): Running {
  const { log, path, scenario, running } = checking
  const before = running.processes.get(group) ?? 0
  if (fewer <= before) {
    const after = withProcesses(running, group, before - fewer)
    return before > fewer ? after : withoutOwned(scenario, after, group)
  }
  const copies = copiesOf(scenario.groups.find((one) => one.name === group) ?? {})
  const [asked, run] = [fewer / copies, before / copies]
  complain(log, path, {
    message: `${asked} of \`${group}\` cannot end: ${run === 0 ? 'none of them runs' : `${run} run`}`,
    expected: run === 0 ? 'a group that has processes at this step' : `at most ${run}`,
  })
  return running
}

/** mshare v3: a region goes with the process that made it. */
function withoutOwned(scenario: Workload, running: Running, group: string): Running {
  const owned = ownedBy(scenario, group)
  const gone = owned.map(({ name }) => [name, 'absent'] as const)
  const mapped = owned.reduce(
    (left, { name }) => withoutRegion(left, scenario, name),
    withoutGroup(running.mapped, group),
  )
  return { ...running, regions: new Map([...running.regions, ...gone]), mapped }
}

function withChildren(
  checking: Checking,
  { group, into, processes }: Extract<Action, { readonly kind: 'fork' }>,
): Running {
  const { log, path, scenario, running } = checking
  if ((running.processes.get(group) ?? 0) > 0) {
    const child = scenario.groups.find(({ name }) => name === into)
    const after = withMore(checking, into, processes)
    if (child === undefined) return after
    const inherited = regionsOf(running.mapped, scenario, group)
    return {
      ...after,
      mapped: withMapped(after.mapped, child, (name) => inherited.get(name) ?? false),
    }
  }
  complain(
    log,
    path,
    {
      message: `no process of \`${group}\` runs that could fork`,
      expected: 'a group that has processes at this step',
    },
    'key',
  )
  return running
}

function existing(checking: Checking, region: string): Running {
  if (checking.running.regions.get(region) !== 'named') return withRegion(checking, region, 'named')
  return refused(checking, `\`${region}\` exists already`, 'a region that was unlinked before')
}

function attachable(
  checking: Checking,
  { region, group }: Extract<Action, { readonly kind: 'attach' }>,
): Running {
  const being = checking.running.regions.get(region)
  if (being === 'unlinked') {
    return refused(
      checking,
      `\`${region}\` was unlinked: no process can attach it any more`,
      '`attach` before `unlink`, or `create` in between',
    )
  }
  if (being === 'absent') {
    return refused(
      checking,
      `\`${region}\` does not exist at this step`,
      '`create` before `attach`',
    )
  }
  const { scenario, running } = checking
  const mapped = scenario.groups
    .filter(({ name }) => (group ?? name) === name && (running.processes.get(name) ?? 0) > 0)
    .reduce((all, one) => withAttached(all, one, region), running.mapped)
  return { ...running, mapped }
}

function nameless(checking: Checking, region: string): Running {
  const being = checking.running.regions.get(region)
  if (being === 'named') return withRegion(checking, region, 'unlinked')
  const what = being === 'unlinked' ? 'was unlinked before' : 'does not exist at this step'
  return refused(checking, `\`${region}\` ${what}`, 'a region that exists')
}

function closing(checking: Checking, region: string): Running {
  const { scenario } = checking
  const known = scenario.regions.find(({ name }) => name === region)
  if (known?.mshare === undefined) {
    return refused(checking, `\`${region}\` is not shared through mshare`, 'a region with `mshare`')
  }
  if (!hasOwner(scenario)) return checking.running
  const after = withRegion(checking, region, 'absent')
  return { ...after, mapped: withoutRegion(after.mapped, scenario, region) }
}

function withRegion(
  { running }: Checking,
  region: string,
  being: 'named' | 'unlinked' | 'absent',
): Running {
  return { ...running, regions: new Map([...running.regions, [region, being]]) }
}

function refused({ log, path, running }: Checking, message: string, expected: string): Running {
  complain(log, path, { message, expected })
  return running
}

/** What a region is made of stays as long as it has its name. */
function remade(checking: Checking, region: string, key: string): Running {
  const isFixed = ['backing', 'pageSize', 'mshare'].includes(key)
  if (!isFixed || checking.running.regions.get(region) !== 'named') return checking.running
  return refused(
    checking,
    `\`${key}\` of \`${region}\` cannot change while it exists`,
    '`unlink` before it, and `create` after it',
  )
}

/** `groups.NAME.processes` starts or ends processes. */
function withSet(checking: Checking, { path }: Extract<Action, { readonly kind: 'set' }>): Running {
  const { running, scenario } = checking
  const [top, name, key] = parsePath(path)?.map(({ step }) => step) ?? []
  const group = scenario.groups.find((one) => one.name === name)
  if (top === 'regions') return remade(checking, String(name), String(key))
  if (top !== 'groups' || group === undefined) return running
  const isPopulation = key === 'processes' || key === undefined
  const processes = isPopulation ? group.processes : (running.processes.get(group.name) ?? 0)
  const after = withStarted(checking, group.name, processes)
  if (!isPopulation) return after
  return group.processes === 0 ? withoutOwned(scenario, after, group.name) : after
}
