import type { Path } from '../../../units/path.ts'
import { copiesOf } from '../../../workload/copies.ts'
import { absentAtFirst, hasOwner, ownedBy } from '../../../workload/first-regions.ts'
import { mostProcesses } from '../../../workload/group.ts'
import type { Action, Step } from '../../../workload/timeline.ts'
import type { Workload } from '../../../workload/workload.ts'
import { parsePath } from '../../yaml/parse-path.ts'
import type { Log } from '../section.ts'
import { complain } from '../section.ts'

/** What runs and exists before a step, as far as a step can contradict it. */
export interface Running {
  /** Processes by group. */
  readonly processes: ReadonlyMap<string, number>
  /** Regions by name; `absent` where they must be created first. */
  readonly regions: ReadonlyMap<string, 'named' | 'unlinked' | 'absent'>
}

/** Before the first step. */
export function runningIn(workload: Workload, steps: readonly Step<Workload>[]): Running {
  const absent = absentAtFirst(workload, steps)
  return {
    processes: new Map(workload.groups.map(({ name, processes }) => [name, processes])),
    regions: new Map(
      workload.regions.map(({ name }) => [name, absent.has(name) ? 'absent' : 'named']),
    ),
  }
}

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
      return attachable(checking, action.region)
    case 'unlink':
      return nameless(checking, action.region)
    case 'close':
      return closing(checking, action.region)
    case 'set':
      return withSet(checking, action)
    case 'touch':
    case 'unmap':
    case 'dontneed':
    case 'pool':
      return running
  }
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
  return withProcesses(running, group, (running.processes.get(group) ?? 0) + more)
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
  const gone = ownedBy(scenario, group).map(({ name }) => [name, 'absent'] as const)
  return { ...running, regions: new Map([...running.regions, ...gone]) }
}

function withChildren(
  checking: Checking,
  { group, into, processes }: Extract<Action, { readonly kind: 'fork' }>,
): Running {
  const { log, path, running } = checking
  if ((running.processes.get(group) ?? 0) > 0) return withMore(checking, into, processes)
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

function attachable(checking: Checking, region: string): Running {
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
  return checking.running
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
  return hasOwner(scenario) ? withRegion(checking, region, 'absent') : checking.running
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

/** `groups.NAME.processes` starts or ends processes. */
function withSet(
  { running, scenario }: Checking,
  { path }: Extract<Action, { readonly kind: 'set' }>,
): Running {
  const [top, name, key] = parsePath(path)?.map(({ step }) => step) ?? []
  const group = scenario.groups.find((one) => one.name === name)
  if (top !== 'groups' || group === undefined || (key !== 'processes' && key !== undefined)) {
    return running
  }
  const after = withProcesses(running, group.name, group.processes)
  return group.processes === 0 ? withoutOwned(scenario, after, group.name) : after
}
