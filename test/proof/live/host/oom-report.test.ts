import { beforeAll, describe, expect, test } from 'vitest'
import { importScenario } from '../../../../src/importers/import-scenario.ts'
import { plan } from '../../../../src/plan/plan.ts'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'
import { nth } from '../../../build.ts'
import { startLimit, testLimit as timeout } from '../limits.ts'
import { kernelLog, kernelLogSince, untilReportsAreWhole } from '../machine/kernel-log.ts'
import { withLaunchers } from '../machine/launcher.ts'
import type { MemoryCgroup } from '../machine/memory-cgroup.ts'
import { cgroupUnfitness, inCgroup } from '../machine/memory-cgroup.ts'

const mib = 2 ** 20
const limit = 256 * mib
const regionBytes = 2 ** 31
/** One page of each span of a pte table: page tables take nearly everything. */
const stride = 2 * mib
const tolerance = 0.02

interface Event {
  readonly log: string
  /** What the cgroup was charged when processes were first refused, in bytes. */
  readonly usage: number
  readonly killed: readonly number[]
}

let unfit: string | undefined = 'not looked at yet'

beforeAll(async () => {
  unfit = await unfitness()
}, startLimit)

describe('the report that this kernel prints of a full cgroup', () => {
  const within = `within ${tolerance * 100} %`
  const title = `is imported: the page tables ${within} of the cgroup's counters, and the process that was killed`

  test(title, { timeout }, async ({ skip }) => {
    if (unfit !== undefined) return skip(unfit)
    await untilReportsAreWhole()
    const { log, usage, killed } = await inCgroup(untilKilled)
    const made = importScenario('dmesg', { dmesg: log }, { kind: 'oom-report', report: 1 })
    if (!made.ok) throw new Error(JSON.stringify(made.issues))
    const read = readScenario(made.text, 'dmesg.yaml')
    if (!read.ok) throw new Error(JSON.stringify(read.issues))
    const { workload } = read
    const report = workload.measured?.outOfMemory
    expect(report).toMatchObject({ constraint: 'cgroup', limit, invokedBy: 'launcher' })
    expect(killed).toContain(report?.killed[0]?.pid)
    expect(report?.chosen?.pid, 'by the rule of the kernel').toBe(report?.killed[0]?.pid)

    const [described] = plan(workload, read).strategies
    if (!described?.applies) throw new Error('it is not planned')
    const [cgroup] = described.risk.cgroups
    expect(cgroup?.level).toBe('oom')
    expect(cgroup?.victim?.group).toBe(report?.killed[0]?.group)
    // The counter of kernel memory holds page tables and, of each process, stacks and structures.
    const share = described.pageTables.bytes / usage
    const counted = countedShare(log)
    expect(Math.abs(share - counted), `planned ${share}, counted ${counted}`).toBeLessThanOrEqual(
      tolerance,
    )

    // What the plan advises would have fitted: huge pages instead of page tables.
    const huge = plan(workload, read).strategies.find(({ id }) => id === 'hugetlb-2m')
    if (!huge?.applies) throw new Error('huge pages are not planned')
    expect(huge.pageTables.bytes).toBeLessThan(described.pageTables.bytes / 10)
  })
})

async function unfitness(): Promise<string | undefined> {
  return kernelLog() === undefined ? 'the kernel log cannot be read' : cgroupUnfitness()
}

/** Starts processes one after another until the kernel kills one, and returns what it said since. */
function untilKilled(cgroup: MemoryCgroup): Promise<Event> {
  return withLaunchers(1, regionBytes, async (launchers) => {
    const launcher = nth(launchers, 0)
    const before = kernelLog() ?? []
    cgroup.add(launcher.pid)
    cgroup.limit(limit)
    const isOver = (): boolean => cgroup.kills() > 0
    const map = { at: 2 ** 45, length: regionBytes, stride }
    while (!isOver()) await launcher.launch(map, isOver)
    const log = kernelLogSince(before)
    const killed = [...log.matchAll(/Killed process (\d+) /g)].map(([, pid]) => Number(pid))
    return { log, usage: usageIn(log), killed }
  })
}

function usageIn(log: string): number {
  return Number(/memory: usage (\d+)kB/.exec(log)?.[1]) * 1024
}

/** Page tables by memory.stat (v2), or kernel memory (v1), which is hardly anything else here. */
function countedShare(log: string): number {
  const tables = Number(/ pagetables (\d+)/.exec(log)?.[1] ?? 0)
  const kernel = Number(/kmem: usage (\d+)kB/.exec(log)?.[1] ?? 0) * 1024
  return (tables || kernel) / usageIn(log)
}
