import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Workload } from '../../../src/workload/workload.ts'
import { asDescribed } from '../../build.ts'
import { printed } from '../live/capture/printed.ts'
import { testLimit } from '../live/limits.ts'
import { workloadOf, worldWithInput } from './captures.ts'
import { absence, createCluster } from './server.mjs'
import { bytesOf, processesOf, sharedTables } from './truth.ts'

/*
 * A PostgreSQL is captured twice at the same time: by its files in /proc, and by what `ps`, `ipcs` and
 * meminfo print of the machine. What both know must be equal, and the tables of the shared memory, read from
 * pagemap, must be within the bounds that the second capture states.
 */

const backends = 20
const loads = ['have read nothing', 'have read 100 blocks each', 'have read all rows'] as const
const missing = absence()

type Cluster = Awaited<ReturnType<typeof createCluster>>
type Server = Awaited<ReturnType<Cluster['start']>>

describe(`a PostgreSQL with ${backends} backends`, () => {
  let server: Server | undefined
  let opened: Awaited<ReturnType<Server['open']>> | undefined
  const undo: (() => unknown)[] = []
  beforeAll(async () => {
    if (missing !== undefined) return
    const cluster = await createCluster({ gigabytes: 1 })
    undo.push(cluster.cleanUp)
    cluster.configure('off')
    server = await cluster.start()
    undo.push(server.stop)
    opened = await server.open(backends)
    undo.push(opened.close)
  }, testLimit)
  afterAll(async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
  }, testLimit)

  for (const load of loads) {
    test(`that ${load}`, { timeout: testLimit }, async ({ skip }) => {
      if (server === undefined || opened === undefined) return skip(missing)
      if (load === 'have read 100 blocks each') await opened.readBlocks(100)
      if (load === 'have read all rows') await opened.scan()
      await sleep(settlingMs)
      await prove(processesOf(server.pid))
    })
  }
})

/** PageTables adds up what the processors have counted once a second. */
const settlingMs = 2000

async function prove(pids: readonly number[]): Promise<void> {
  const text = printedOutputs()
  const truth = pids.reduce((sum, pid) => sum + tablesOfShared(pid), 0)
  const live = workloadOf(await printed(['capture', ...pids.flatMap((pid) => ['--pid', `${pid}`])]))
  const scenario = await printed(['capture', '-'], worldWithInput(text))
  const listed = workloadOf(scenario)
  expect(listed.host.memory).toBe(live.host.memory)
  expect(postgresOf(listed)).toEqual(postgresOf(live))
  expect(listed.measured?.pageTables).toBeGreaterThan(truth)
  const { least, most, planned } = boundsIn(scenario)
  const whole = regionTables(listed) / planned
  // The shares are printed with one decimal.
  expect(truth).toBeGreaterThanOrEqual((least - 0.001) * whole)
  expect(truth).toBeLessThanOrEqual((most + 0.001) * whole)
}

/** What a person would paste. */
function printedOutputs(): string {
  const columns = 'user:32,pid,ppid,%cpu,%mem,vsz,rss,nlwp,args'
  const outputs = [
    ['ps', '-ewwo', columns],
    ['ipcs', '-m'],
    ['ipcs', '-m', '-p'],
    ['uname', '-a'],
  ].map(([command = '', ...words]) => spawnSync(command, words, { encoding: 'utf8' }).stdout)
  return [readFileSync('/proc/meminfo', 'utf8'), ...outputs].join('\n')
}

/** Processes without the shared memory, such as the logger, have none of its tables. */
function tablesOfShared(pid: number): number {
  try {
    return bytesOf(sharedTables(pid))
  } catch {
    return 0
  }
}

function postgresOf({ groups }: Workload): readonly (readonly [string, number])[] {
  return groups
    .filter(({ name }) => name.startsWith('postgres'))
    .map(({ name, processes }) => [name, processes] as const)
    .toSorted()
}

/** Tables of the regions, as planned. */
function regionTables(workload: Workload): number {
  const { groups } = asDescribed(workload)
  const base = new Map(workload.groups.map((one) => [one.name, one.baseTables]))
  return groups.reduce(
    (sum, { name, processes, perProcess }) =>
      sum + processes * (perProcess.vmPteBytes - (base.get(name) ?? 0)),
    0,
  )
}

/** As the note in the scenario states them. */
function boundsIn(scenario: string) {
  const found =
    /at most (?<most>[\d.]+) % of the segments, at least (?<least>[\d.]+) %; the plan takes (?<planned>[\d.]+) %/.exec(
      scenario,
    )?.groups
  if (found === undefined) throw new Error(`no bounds: ${scenario}`)
  const share = (name: string): number => Number(found[name]) / 100
  return { least: share('least'), most: share('most'), planned: share('planned') }
}
