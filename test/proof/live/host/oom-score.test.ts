import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../../../src/host/victim.ts'
import { oomPoints, oomScore } from '../../../../src/host/victim.ts'
import type { Victim } from '../../../../src/plan/result/risk-result.ts'
import type { GroupText, RegionText } from '../../../../src/scenario/schema/scenario-text.ts'
import { planOf, workloadOf } from '../expected.ts'
import { lockLimit, testLimit } from '../limits.ts'
import type { LaunchedMap, Launcher } from '../machine/launcher.ts'
import { launched, nothing, withLaunchers } from '../machine/launcher.ts'
import { change, moreHugePages } from '../machine/settings.ts'
import { meminfo, pageBytes, statusOf } from '../machine/status.ts'

const [mib, gib] = [2 ** 20, 2 ** 30]
const regionBytes = 4 * gib
const at = 2 ** 45
const poolPages = 64
const timeout = lockLimit + testLimit

const unfit = unfitness()

const unasked = unfit === undefined ? '' : `: ${unfit}`

describe.skipIf(unfit !== undefined)(`oom_score of this kernel${unasked}`, () => {
  test('follows from RSS, swap, VmPTE and adj of every process that holds still', async () => {
    const others = readdirSync('/proc').filter((name) => /^[1-9]\d*$/.test(name) && name !== '1')
    const compared = await Promise.all(others.map((pid) => whenStill(Number(pid))))
    const still = compared.filter((one) => one !== undefined)
    expect(still.length).toBeGreaterThan(0)
    expect(still.map(({ pid, planned }) => [pid, planned])).toEqual(
      still.map(({ pid, score }) => [pid, score]),
    )
  })

  test('is reached step by step as pages are touched', { timeout }, async () => {
    await withLaunchers(1, regionBytes, async ([launcher]) => {
      const scores = new Set<number>()
      // A step of the score is one or two thousandths of all memory: five, but on the largest machines.
      const [steps, step] = [40, Math.min(Math.floor(totalPages() / 8000), 1250)]
      for (let pages = step; pages <= steps * step; pages += step) {
        const map = { at, length: pages * pageBytes, stride: pageBytes }
        const pid = await launched(launcher, map)
        expect(plannedScore(pid), `${pages} pages`).toBe(scoreOf(pid))
        scores.add(scoreOf(pid))
      }
      const thousandths = Math.floor((steps * step * 1000) / totalPages())
      expect(scores.size).toBeGreaterThan((thousandths * 2) / 3 - 1)
    })
  })

  test('rises with oom_score_adj', { timeout }, async () => {
    await followsAdj([0, 1, 10, 333, 500, 999, 1000])
  })

  test('falls with oom_score_adj, which nobody lowers without CAP_SYS_RESOURCE', {
    timeout,
  }, async () => {
    const lower = followsAdj([-1000, -999, -500, -300, -1, 0])
    if (mayLower()) expect((await lower)[0]).toBe(0)
    else await expect(lower).rejects.toThrow('EACCES')
  })
})

/** @returns the scores of a process that is given one oom_score_adj after the other. */
function followsAdj(adjustments: readonly number[]): Promise<readonly number[]> {
  return withLaunchers(1, regionBytes, async ([launcher]) => {
    const pid = await launched(launcher, { at, length: gib, stride: 2 * mib })
    const scores = adjustments.map((adj) => {
      writeFileSync(`/proc/${pid}/oom_score_adj`, String(adj))
      expect(plannedScore(pid), `oom_score_adj ${adj}`).toBe(scoreOf(pid))
      return scoreOf(pid)
    })
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    return scores
  })
}

/** Whether this process has CAP_SYS_RESOURCE: bit 24 of include/uapi/linux/capability.h. */
function mayLower(): boolean {
  const effective = /^CapEff:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1'))
  return (BigInt(`0x${effective?.[1] ?? '0'}`) / 2n ** 24n) % 2n === 1n
}

/** A mapping of one process, and how a scenario says it. */
interface Case {
  readonly map: LaunchedMap
  readonly region: RegionText
  readonly touched: string | { readonly every: string }
  readonly adj: number
}

const cases: Readonly<Record<string, Case>> = {
  'shared memory, sparse: tables weigh as much as pages': {
    map: { at, length: regionBytes, stride: 2 * mib },
    region: { size: '4 GiB', backing: 'posix-shm' },
    touched: { every: '2 MiB' },
    adj: 0,
  },
  'shared memory, every page': {
    map: { at, length: gib / 2, stride: pageBytes },
    region: { size: '512 MiB', backing: 'posix-shm' },
    touched: 'all',
    adj: 250,
  },
  'memory of its own': {
    map: { at, length: gib / 2, stride: pageBytes, kind: 'anonymous' },
    region: { size: '512 MiB', backing: 'anonymous' },
    touched: 'all',
    adj: 400,
  },
  'hugetlb pages, which count for nothing': {
    map: { at, length: 128 * mib, stride: 2 * mib, kind: 'hugetlb' },
    region: { size: '128 MiB', backing: 'anonymous-shared', pageSize: '2 MiB' },
    touched: 'all',
    adj: 0,
  },
}

describe.skipIf(unfit !== undefined)(`the victim of a plan is a process with${unasked}`, () => {
  for (const [title, one] of Object.entries(cases)) {
    test(title, { timeout }, async ({ skip }) => {
      const isHuge = one.map.kind === 'hugetlb'
      const changed = await (isHuge ? change(moreHugePages(2048, poolPages)) : change())
      if (!changed.ok) return skip(changed.reason)
      try {
        await withLaunchers(1, regionBytes, ([launcher]) => followsPlan(one, launcher))
      } finally {
        changed.restore()
      }
    })
  }
})

/** What the process has while it is idle goes into the scenario; all the rest is planned. */
async function followsPlan(one: Case, launcher: Launcher | undefined): Promise<void> {
  const idle = statusOf(await launched(launcher, nothing))
  const pid = await launched(launcher, one.map)
  if (one.adj !== 0) writeFileSync(`/proc/${pid}/oom_score_adj`, String(one.adj))
  const group: GroupText = {
    processes: 1,
    private: `${idle.walkedBytes} B`,
    baseTables: `${idle.tableBytes} B`,
    oomScoreAdj: one.adj,
    maps: [{ region: 'mapped', touched: one.touched }],
  }
  const { points, score } = victimOf(one.region, group)
  const status = statusOf(pid)
  const walked = { ...status, residentBytes: status.walkedBytes, oomScoreAdj: one.adj }
  expect(points).toBe(oomPoints(walked, totalPages(), pageBytes))
  expect(score).toBe(oomScore(points, totalPages()))
  // What the kernel's own counters are off by is all that may lie between.
  const off = Math.abs(status.walkedBytes - status.residentBytes) / pageBytes
  expect(scoreOf(pid)).toBeGreaterThanOrEqual(oomScore(points - off, totalPages()))
  expect(scoreOf(pid)).toBeLessThanOrEqual(oomScore(points + off, totalPages()))
  const grown = points - victimOf(one.region, { ...group, maps: [] }).points
  expect(grown > 1000).toBe(one.map.kind !== 'hugetlb')
}

function victimOf(region: RegionText, group: GroupText): Victim {
  const memory = `${meminfo('MemTotal')} B`
  const swap = `${meminfo('SwapTotal')} B`
  const workload = workloadOf(
    JSON.stringify({
      version: 1,
      name: 'one process',
      host: { memory, swap, hugepages: { '2 MiB': poolPages } },
      regions: { mapped: region },
      groups: { one: group },
    }),
  )
  const { victim } = planOf(workload).risk
  if (victim === undefined) throw new Error('nobody is killed')
  return victim
}

/** RAM and swap. */
function totalPages(): number {
  return (meminfo('MemTotal') + meminfo('SwapTotal')) / pageBytes
}

function unfitness(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has none`
  return process.arch === 'x64' ? undefined : `no program to launch on ${process.arch}`
}

function scoreOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/oom_score`, 'latin1'))
}

/** What the model makes of what the kernel says about a process. */
function plannedScore(pid: number): number {
  const oomScoreAdj = Number(readFileSync(`/proc/${pid}/oom_score_adj`, 'latin1'))
  const candidate: Candidate = { ...statusOf(pid), oomScoreAdj }
  return oomScore(oomPoints(candidate, totalPages(), pageBytes), totalPages())
}

interface Compared {
  readonly pid: number
  readonly planned: number
  readonly score: number
}

/** Absent where it has no memory of its own, has ended, or does not hold still. */
async function whenStill(pid: number): Promise<Compared | undefined> {
  for (let tries = 0; tries < 20; tries += 1) {
    try {
      const planned = plannedScore(pid)
      const score = scoreOf(pid)
      if (plannedScore(pid) === planned) return { pid, planned, score }
    } catch {
      return undefined
    }
    await sleep(50)
  }
  return undefined
}
