import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { importScenario } from '../../../../src/importers/import-scenario.ts'
import { plan } from '../../../../src/plan/plan.ts'
import type { Postmortem } from '../../../../src/plan/result/postmortem-result.ts'
import type { Result } from '../../../../src/plan/result/result.ts'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'
import { sumBy } from '../../../../src/units/sum.ts'
import { startLimit, testLimit as timeout } from '../limits.ts'
import { kernelLog, kernelLogSince, untilReportsAreWhole } from '../machine/kernel-log.ts'
import { withLaunchers } from '../machine/launcher.ts'
import type { MemoryCgroup } from '../machine/memory-cgroup.ts'
import { cgroupUnfitness, inCgroup } from '../machine/memory-cgroup.ts'
import { statusOf } from '../machine/status.ts'

const [mib, gib] = [2 ** 20, 2 ** 30]
const regionBytes = 4 * gib
/** One page in each huge page of 2 MiB: 2,048 pte tables in each process. */
const map = { at: 2 ** 45, length: regionBytes, stride: 2 * mib }
/** A process that is about to touch has at most 8 MiB of it: less than 1 %. */
const limit = gib

let unfit: string | undefined = 'not looked at yet'

/** What happened in the cgroup, and what the kernel and its processes said of it. */
interface Death {
  readonly processes: number
  readonly killed: readonly number[]
  /** VmPTE of all of them, those that were killed as the others. */
  readonly tableBytes: number
  readonly log: string
}

let death: Death
let result: Result
let found: Postmortem

beforeAll(async () => {
  unfit = await unfitness()
  if (unfit !== undefined) return
  await untilReportsAreWhole()
  death = await inCgroup(untilKilled)
  result = planned(death.log)
  if (result.postmortem === undefined) throw new Error('the plan has no postmortem')
  found = result.postmortem
}, startLimit)

test('the log of the kernel says what page tables took, within 2 %', ({ skip }) => {
  if (unfit !== undefined) return skip(unfit)
  expect(found.cause).toBe('page-tables')
  const { bytes = 0 } = found.pageTables ?? {}
  const remark = `${bytes} in the log, ${death.tableBytes} in the processes`
  expect(Math.abs(bytes - death.tableBytes) / death.tableBytes, remark).toBeLessThanOrEqual(0.02)
})

test("the kernel's rule and the plan pick what the kernel killed", ({ skip }) => {
  if (unfit !== undefined) return skip(unfit)
  expect(death.killed).toContain(found.killed[0]?.pid)
  expect(found.rule?.agrees).toBe('process')
  expect(found.plan?.agrees).toBe(true)
})

test('with the limit that the plan advises nobody is killed', { timeout }, async ({ skip }) => {
  if (unfit !== undefined) return skip(unfit)
  const advice = result.advice.find(({ action }) => action === 'cgroup-limit')
  if (advice?.action !== 'cgroup-limit') throw new Error('no limit is advised')
  const [cgroup] = advice.cgroups
  const kills = await inCgroup((made) => started(made, cgroup?.safeBytes ?? 0, death.processes))
  expect(kills).toBe(0)
})

test('with the processes that the plan advises nobody is killed', { timeout }, async ({ skip }) => {
  if (unfit !== undefined) return skip(unfit)
  const advice = result.advice.find(({ action }) => action === 'pooler')
  if (advice?.action !== 'pooler') throw new Error('no fewer processes are advised')
  expect(advice.safeProcesses).toBeGreaterThan(0)
  expect(advice.safeProcesses).toBeLessThan(death.processes)
  expect(await inCgroup((made) => started(made, limit, advice.safeProcesses))).toBe(0)
})

async function unfitness(): Promise<string | undefined> {
  return kernelLog() === undefined ? 'the kernel log cannot be read' : cgroupUnfitness()
}

/** Starts processes until the kernel kills one. */
async function untilKilled(cgroup: MemoryCgroup): Promise<Death> {
  return withLaunchers(1, regionBytes, async ([launcher]) => {
    if (launcher === undefined) throw new RangeError('no launcher')
    const before = kernelLog() ?? []
    cgroup.add(launcher.pid)
    cgroup.limit(limit)
    const tables = new Map<number, number>()
    const isOver = (): boolean => cgroup.kills() > 0
    while (!isOver()) {
      const pid = await launcher.launch(map, isOver)
      if (pid !== undefined && existsSync(`/proc/${pid}`)) tables.set(pid, statusOf(pid).tableBytes)
    }
    const killed = await goneOf([...tables.keys()])
    const log = kernelLogSince(before)
    return {
      processes: tables.size,
      killed,
      tableBytes: sumBy([...tables.values()], (bytes) => bytes),
      log,
    }
  })
}

/** Starts so many processes under a limit. @returns how many the kernel killed. */
async function started(cgroup: MemoryCgroup, bytes: number, processes: number): Promise<number> {
  return withLaunchers(1, regionBytes, async ([launcher]) => {
    if (launcher === undefined) throw new RangeError('no launcher')
    cgroup.add(launcher.pid)
    cgroup.limit(bytes)
    const isOver = (): boolean => cgroup.kills() > 0
    for (let process = 0; process < processes && !isOver(); process += 1) {
      await launcher.launch(map, isOver)
    }
    return cgroup.kills()
  })
}

/** Those that are gone once the kernel is done: it counts a kill before the process has ended. */
async function goneOf(pids: readonly number[]): Promise<readonly number[]> {
  const gone = (): readonly number[] => pids.filter((pid) => !existsSync(`/proc/${pid}`))
  for (let tries = 0; tries < 100 && gone().length === 0; tries += 1) await sleep(20)
  await sleep(settled)
  return gone()
}

/** In ms. */
const settled = 500

/** Of the first report: a later one lists what earlier kills have left. */
function planned(log: string): Result {
  const request = { memory: '24 GiB', report: 1 }
  const imported = importScenario('oom.log', { 'oom.log': log }, request)
  if (!imported.ok) throw new Error(imported.issues.map(({ message }) => message).join('\n'))
  const read = readScenario(imported.text, 'oom.yaml')
  if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join('\n'))
  return plan(read.workload, { ...read, assumptions: read.assumptions })
}
