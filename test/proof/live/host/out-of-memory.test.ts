import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { limitsOf } from '../../../../src/plan/limits/limits.ts'
import type { Workload } from '../../../../src/workload/workload.ts'
import { nth } from '../../../build.ts'
import { planOf, workloadOf } from '../expected.ts'
import { startLimit, testLimit as timeout } from '../limits.ts'
import { nothing, withLaunchers } from '../machine/launcher.ts'
import type { MemoryCgroup } from '../machine/memory-cgroup.ts'
import { cgroupUnfitness, inCgroup } from '../machine/memory-cgroup.ts'
import { pageBytes, statusOf } from '../machine/status.ts'

const [mib, gib] = [2 ** 20, 2 ** 30]
const regionBytes = 4 * gib
const at = 2 ** 45
const tolerance = 0.03

/** What one process of the launcher takes before it maps anything, in bytes. */
interface Idle {
  readonly privateBytes: number
  readonly tableBytes: number
  readonly kernelBytes: number
}

/** A group of processes, each of which touches a page of the region at every stride. */
interface Crowd {
  readonly name: string
  readonly stride: number
  readonly oomScoreAdj: number
  /** So many, and no more; absent: until the kernel kills. */
  readonly processes?: number
}

/** What happened up to the first kill. */
interface Outcome {
  /** Processes of each crowd that had mapped and touched all before it. */
  readonly mapped: readonly (readonly number[])[]
  readonly killed: readonly number[]
}

let unfit: string | undefined = 'not looked at yet'
let idle: Idle = { privateBytes: Number.NaN, tableBytes: Number.NaN, kernelBytes: Number.NaN }

beforeAll(async () => {
  unfit = await cgroupUnfitness()
  if (unfit === undefined) idle = await inCgroup(measureIdle)
}, startLimit)

/** Everything happens in a memory cgroup of the test's own: nobody else can be killed. */
describe('in a cgroup that is full the kernel kills', () => {
  const within = `within ${tolerance * 100} %`

  test(`at the number of processes that is planned, ${within}`, { timeout }, async ({ skip }) => {
    if (unfit !== undefined) return skip(unfit)
    const sessions = { name: 'sessions', stride: 2 * mib, oomScoreAdj: 0 }
    const limit = 768 * mib
    const { mapped } = await inCgroup((cgroup) => untilKilled(cgroup, limit, [sessions]))
    expectPlanned(scenario(limit, [sessions]), 'sessions', nth(mapped, 0).length)
  })

  test('a process of the group that is planned', { timeout }, async ({ skip }) => {
    if (unfit !== undefined) return skip(unfit)
    // 10 thousandths of the limit are less than a dense process has more; of the host's memory, more.
    const dense = { name: 'dense', stride: 2 * mib, oomScoreAdj: 0, processes: 8 }
    const marked = { name: 'marked', stride: 4 * mib, oomScoreAdj: 10 }
    const limit = 512 * mib
    const outcome = await inCgroup((cgroup) => untilKilled(cgroup, limit, [dense, marked]))
    const workload = scenario(limit, [dense, marked])
    expectPlanned(workload, 'marked', nth(outcome.mapped, 1).length)
    const { risk } = planOf(workload)
    expect(risk.victim?.group).toBe('marked')
    expect(nth(risk.cgroups, 0).victim?.group).toBe('dense')
    // It may take more than one: what a victim has is not free at once.
    expect(outcome.killed.length).toBeGreaterThanOrEqual(1)
    expect(nth(outcome.mapped, 0)).toEqual(expect.arrayContaining([...outcome.killed]))
  })
})

function expectPlanned(workload: Workload, group: string, mapped: number): void {
  expect(mapped, 'too few for a percentage').toBeGreaterThanOrEqual(60)
  const planned = mostProcesses(workload, group)
  const remark = `${planned} processes planned, ${mapped} mapped before the first kill`
  expect(Math.abs(planned - mapped) / mapped, remark).toBeLessThanOrEqual(tolerance)
}

/** A cpu is charged up to 64 pages ahead (mm/memcontrol.c): many processes are measured at once. */
async function measureIdle(cgroup: MemoryCgroup): Promise<Idle> {
  const [some, many] = [16, 100]
  return withLaunchers(1, regionBytes, async ([launcher]) => {
    if (launcher === undefined) throw new RangeError('no launcher')
    cgroup.add(launcher.pid)
    for (let process = 0; process < some; process += 1) await launcher.launch(nothing)
    const before = cgroup.usage()
    let last: number | undefined
    for (let process = 0; process < many; process += 1) last = await launcher.launch(nothing)
    const charged = Math.round((cgroup.usage() - before) / many)
    const { anonymousBytes: privateBytes, tableBytes } = statusOf(last ?? Number.NaN)
    // The planner counts the page directory itself.
    const kernelBytes = charged - privateBytes - tableBytes - pageBytes
    return { privateBytes, tableBytes, kernelBytes }
  })
}

/** Starts the processes of all crowds one after another, until the kernel kills one. */
function untilKilled(
  cgroup: MemoryCgroup,
  limit: number,
  crowds: readonly Crowd[],
): Promise<Outcome> {
  return withLaunchers(crowds.length, regionBytes, async (launchers) => {
    const isOver = (): boolean => cgroup.kills() > 0
    launchers.forEach(({ pid }, index) => {
      cgroup.add(pid)
      writeFileSync(`/proc/${pid}/oom_score_adj`, String(nth(crowds, index).oomScoreAdj))
    })
    cgroup.limit(limit)
    const mapped: number[][] = []
    for (const [index, { stride, processes = Number.POSITIVE_INFINITY }] of crowds.entries()) {
      const pids: number[] = []
      mapped.push(pids)
      while (pids.length < processes && !isOver()) {
        const map = { at, length: regionBytes, stride }
        const pid = await nth(launchers, index).launch(map, isOver)
        if (pid !== undefined) pids.push(pid)
      }
    }
    return { mapped, killed: await goneOf(mapped.flat()) }
  })
}

/** Those that are gone soon after: the kernel counts a kill before the process has ended. */
async function goneOf(pids: readonly number[]): Promise<readonly number[]> {
  const gone = (): readonly number[] => pids.filter((pid) => !existsSync(`/proc/${pid}`))
  for (let tries = 0; tries < 100 && gone().length === 0; tries += 1) await sleep(20)
  return gone()
}

/** What is started in the cgroup, as a scenario; the launchers are processes that map nothing. */
function scenario(limit: number, crowds: readonly Crowd[]): Workload {
  const each = {
    private: `${idle.privateBytes} B`,
    baseTables: `${idle.tableBytes} B`,
    kernelMemory: `${idle.kernelBytes} B`,
    cgroup: 'own',
  }
  const groups = crowds.map(({ name, stride, oomScoreAdj, processes = 1 }) => {
    const maps = [{ region: 'file', at: `0x${at.toString(16)}`, touched: { every: `${stride} B` } }]
    return [name, { processes, ...each, oomScoreAdj, maps }] as const
  })
  const host = { memory: '24 GiB', cgroups: { own: { limit: `${limit} B` } } }
  return workloadOf(
    JSON.stringify({
      version: 1,
      name: 'a cgroup that is full',
      host,
      regions: { file: { size: `${regionBytes} B`, backing: 'posix-shm' } },
      groups: { ...Object.fromEntries(groups), launchers: { processes: crowds.length, ...each } },
    }),
  )
}

/** The most processes of a group at which nobody is out of memory. */
function mostProcesses(workload: Workload, group: string): number {
  const { limits } = nth(limitsOf(workload, ['as-described']), 0)
  const limit = limits.find((one) => one.metric === 'processes' && one.group === group)
  return limit?.swapping?.value ?? Number.NaN
}
