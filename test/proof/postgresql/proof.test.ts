import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { asDescribed, gib, kib } from '../../build.ts'
import { printed } from '../live/capture/printed.ts'
import { lockLimit, testLimit } from '../live/limits.ts'
import { change, moreHugePages } from '../live/machine/settings.ts'
import {
  capture,
  inSinglePages,
  withoutPagemap,
  withoutVmPte,
  workloadOf,
  worldWithInput,
} from './captures.ts'
import { absence, createCluster } from './server.mjs'
import type { SharedTables } from './truth.ts'
import { bytesOf, pageTablesOf, processesOf, sharedTables, sumOfVmPte, vmPte } from './truth.ts'

/*
 * A PostgreSQL whose shared buffers are all in use, with backends that do nothing, read some blocks or
 * read all of them, is captured as it stands, and was forecast from its postgresql.conf before it
 * was started. What is planned is held against VmPTE, pagemap and PageTables, read by other code
 * than the planner's.
 *
 * A capture works base tables out from VmPTE, so that the sum is right whatever the region is said to
 * take. Therefore the tables of the region are held against pagemap, and base tables must be the
 * same few whatever a backend has read.
 */

type Cluster = Awaited<ReturnType<typeof createCluster>>
type Server = Awaited<ReturnType<Cluster['start']>>
type Backends = Awaited<ReturnType<Server['open']>>

const tableBytes = 4 * kib
const counts = [1, 20, 100]
const sparseBlocks = 100
const loads = {
  'have read nothing': async () => {},
  'have read 100 blocks each': (backends: Backends) => backends.readBlocks(sparseBlocks),
  'have read all rows': (backends: Backends) => backends.scan(),
}
type Load = keyof typeof loads
/** So many blocks of all there are: each two pages, that lie together. */
const sparseShare = '0.04%'
const full: Load = 'have read all rows'
const sparse: Load = 'have read 100 blocks each'

/** Tables of a backend besides those of shared memory: 24 on base pages, 23 on huge pages; a few either way. */
const usualBase = 24 * tableBytes
const baseBand = 4 * tableBytes

/** Processes come and go while PageTables is read, and its parts are added up once a second. */
const noise = 192 * kib
const mostTries = 20
const pauseMs = 200
/** Tables of processes that have ended are given back, and taken off, a little later. */
const settlingMs = 4000

interface Setting {
  readonly title: string
  readonly hugePages: 'on' | 'off'
  readonly gigabytes: number
  /** Huge pages of 2 MiB that the server needs. */
  readonly pool: number
}

/** Of 5 GB, four whole GiB at least lie on tables that all backends share. */
const settings: readonly Setting[] = [
  { title: '1 GB of shared buffers on base pages', hugePages: 'off', gigabytes: 1, pool: 0 },
  { title: '5 GB of shared buffers on huge pages', hugePages: 'on', gigabytes: 5, pool: 2700 },
]

const missing = absence()

for (const setting of settings) {
  describe(setting.title, () => {
    const stage: Stage = { ...noStage, undo: [] }
    beforeAll(
      () => (missing === undefined ? raise(stage, setting) : undefined),
      lockLimit + testLimit,
    )
    afterAll(() => clear(stage), testLimit)
    for (const count of counts) proveFor(stage, setting, count)
  })
}

const noStage = { reason: missing ?? 'the server was not started', ofKernel: 0, forecasts: {} }

/** What stands while the tests of a setting run. */
interface Stage {
  /** Why there is no server. */
  reason: string
  server?: Server
  backends?: Backends
  /** PageTables before the server started, without any process. */
  ofKernel: number
  /** Made before the server was started. */
  forecasts: Partial<Record<Load, string>>
  readonly undo: (() => unknown)[]
}

async function raise(stage: Stage, { gigabytes, hugePages, pool }: Setting): Promise<void> {
  const cluster = await createCluster({ gigabytes })
  stage.undo.push(cluster.cleanUp)
  cluster.configure(hugePages)
  stage.forecasts = {
    [full]: await forecast(cluster),
    [sparse]: inSinglePages(await forecast(cluster, '--touched', sparseShare)),
  }
  const changed = await change(...(pool === 0 ? [] : [moreHugePages(2048, pool)]))
  if (!changed.ok) {
    stage.reason = changed.reason
    return
  }
  stage.undo.push(changed.restore)
  await sleep(settlingMs)
  stage.ofKernel = await pageTablesOfKernel()
  const server = await cluster.start()
  stage.undo.push(server.stop)
  stage.server = server
}

/** The middle of readings in a second and a half: one may fall into the end of some large process. */
async function pageTablesOfKernel(): Promise<number> {
  const seen: number[] = []
  for (let reading = 0; reading < 9; reading += 1) {
    seen.push(pageTablesOf([]))
    await sleep(pauseMs)
  }
  return seen.toSorted((left, right) => left - right)[4] ?? Number.NaN
}

/** Last first. */
async function clear({ undo }: Stage): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
}

function proveFor(stage: Stage, setting: Setting, count: number): void {
  describe(`${count} backends`, () => {
    beforeAll(async () => {
      const backends = await stage.server?.open(count)
      if (backends !== undefined) stage.backends = backends
    }, testLimit)
    afterAll(() => stage.backends?.close(), testLimit)

    for (const load of Object.keys(loads) as Load[]) {
      test(`that ${load}`, { timeout: testLimit }, async ({ skip }) => {
        const { server, backends, reason } = stage
        if (server === undefined || backends === undefined) return skip(reason)
        await prove({ ...stage, server, backends }, setting, load)
      })
    }
  })
}

async function prove(
  stage: Stage & Required<Pick<Stage, 'server' | 'backends'>>,
  setting: Setting,
  load: Load,
): Promise<void> {
  const { server, backends, ofKernel, forecasts } = stage
  await loads[load](backends)
  const isMost = backends.pids.length === Math.max(...counts)
  if (load === full && isMost) await server.checkpoint()
  const state = stateOf(server, backends, setting, ofKernel)
  await checkCapture(state)
  if (load === full) await checkCountsAlone(state)
  if (!isMost) return
  if (setting.hugePages === 'off') await checkForecast(state, load, forecasts)
  else if (load === full) await checkWords(state)
}

function stateOf(
  server: Server,
  backends: Backends,
  { hugePages }: Setting,
  ofKernel: number,
): State {
  const own = new Map(backends.pids.map((pid) => [pid, sharedTables(pid)]))
  return { pids: processesOf(server.pid), backends: own, hugePages, ofKernel }
}

/** Before the server runs: of its files, and for a machine that is large enough. */
function forecast({ databaseDir }: Cluster, ...more: readonly string[]): Promise<string> {
  const file = `${databaseDir}/postgresql.conf`
  return printed(['import', file, '--connections', '100', '--memory', '64 GB', ...more])
}

interface State {
  /** Of the server and all its processes. */
  readonly pids: readonly number[]
  /** What each backend needs for the shared memory. */
  readonly backends: ReadonlyMap<number, SharedTables>
  readonly hugePages: 'on' | 'off'
  /** PageTables without any process, in bytes. */
  readonly ofKernel: number
}

async function checkCapture(state: State): Promise<void> {
  const { pids, backends, ofKernel } = state
  const all = await captured(pids)
  // A mean is rounded to a byte, once for each process.
  expect(off(all.planned.counters.sumVmPteBytes, sumOfVmPte(pids))).toBeLessThanOrEqual(pids.length)
  await expectPageTables(all.planned, pids, ofKernel)

  const own = await captured([...backends.keys()])
  const count = backends.size
  const truth = sum([...backends.values()].map(bytesOf))
  // Where each backend has touched other blocks, as many are drawn as make the mean, to the page.
  expect(off(ofRegions(own), truth)).toBeLessThanOrEqual(0.6 * count * tableBytes)
  for (const { baseTables } of own.workload.groups) {
    expect(off(baseTables, usualBase)).toBeLessThanOrEqual(baseBand)
  }
}

/** With less to go by: Rss of each mapping, and then not even VmPTE. */
async function checkCountsAlone({ pids, backends, hugePages }: State): Promise<void> {
  const measured = sumOfVmPte(pids)
  const blind = await captured(pids, withoutPagemap())
  expect(share(blind.planned.counters.sumVmPteBytes, measured)).toBeLessThan(0.02)
  const those = [...backends.keys()]
  const own = await captured(those, withoutPagemap())
  if (hugePages === 'off') {
    expect(share(ofRegions(own), sum([...backends.values()].map(bytesOf)))).toBeLessThan(0.02)
  }
  // Without VmPTE there is less still: pages that are there could be anywhere, private ones too.
  const less = await captured(those, withoutVmPte(withoutPagemap()))
  const deviation = share(less.planned.counters.sumVmPteBytes, sum(those.map(vmPte)))
  expect(deviation).toBeLessThan(hugePages === 'off' ? 0.05 : 0.25)
}

interface Band {
  readonly least: number
  readonly most: number
}

/**
 * The forecast takes every process to touch all that it can. Of sparse reading it knows a share of
 * the pages: it does not know that blocks are two pages, and what else a backend touches.
 */
const forecastBands: Readonly<Partial<Record<Load, Band>>> = {
  [full]: { least: 0, most: 0.05 },
  [sparse]: { least: -0.25, most: 0.25 },
}

async function checkForecast(
  state: State,
  load: Load,
  forecasts: Stage['forecasts'],
): Promise<void> {
  const [text, band] = [forecasts[load], forecastBands[load]]
  if (text === undefined || band === undefined) return
  const { pids, backends, ofKernel } = state
  const planned = asDescribed(workloadOf(text))
  const group = planned.groups.find(({ name }) => name === 'backends')
  if (group === undefined) throw new Error('no backends were planned')
  expect(group.processes).toBe(backends.size)
  const measured = sum([...backends.keys()].map(vmPte))
  const ofBackends = (group.processes * group.perProcess.vmPteBytes) / measured - 1
  expect(ofBackends).toBeGreaterThan(band.least)
  expect(ofBackends).toBeLessThan(band.most)
  const { pageTablesBytes } = planned.counters
  await expectGrowth(pids, ofKernel, `about ${pageTablesBytes}`, (grown) => {
    const deviation = pageTablesBytes / grown - 1
    return deviation > band.least && deviation < band.most
  })
}

/** Backends link to the same pmd tables, which VmPTE counts in each and PageTables once: in words. */
async function checkWords({ pids, backends, ofKernel }: State): Promise<void> {
  const [one] = backends.values()
  if (one === undefined) throw new Error('no backend')
  const whole = Math.floor((one.start + one.bytes) / gib) - Math.ceil(one.start / gib)
  expect(whole).toBeGreaterThanOrEqual(4)
  const counted = sumOfVmPte(pids)
  await expectGrowth(pids, ofKernel, `less than ${counted}`, (grown) => grown < counted)
  const text = await capture(pids)
  const words = 'Processes share pmd tables of huge pages: VmPTE counts them in each process'
  expect(text).toContain(words)
  const said = await printed(['verify', '-'], worldWithInput(text))
  expect(said).toContain(`${whole} pmd tables linked by hugetlb: ${4 * whole}.0 KiB, not`)
}

interface Captured {
  readonly workload: Workload
  readonly planned: PlannedStrategy
}

async function captured(
  pids: readonly number[],
  world?: Parameters<typeof capture>[1],
): Promise<Captured> {
  const workload = workloadOf(await capture(pids, world))
  expect(sum(workload.groups.map(({ processes }) => processes))).toBe(pids.length)
  return { workload, planned: asDescribed(workload) }
}

/** VmPTE that is planned for regions: all but base tables. */
function ofRegions({ workload, planned }: Captured): number {
  const base = workload.groups.map(({ processes, baseTables }) => processes * baseTables)
  return planned.counters.sumVmPteBytes - sum(base)
}

/** PageTables must have grown by what is planned, shared tables counted once. */
async function expectPageTables(
  { counters }: PlannedStrategy,
  pids: readonly number[],
  before: number,
): Promise<void> {
  const wanted = counters.pageTablesBytes
  const tolerance = noise + 0.002 * wanted
  await expectGrowth(pids, before, `${wanted} bytes`, (grown) => off(grown, wanted) <= tolerance)
}

/** One reading of PageTables at least, of several, must be as it should: others come and go meanwhile. */
async function expectGrowth(
  pids: readonly number[],
  before: number,
  wanted: string,
  isRight: (grown: number) => boolean,
): Promise<void> {
  const seen: number[] = []
  for (let tries = 0; tries < mostTries; tries += 1) {
    const grown = pageTablesOf(pids) - before
    if (isRight(grown)) return
    seen.push(grown)
    await sleep(pauseMs)
  }
  expect(seen, `PageTables of the server, wanted: ${wanted}`).toEqual([])
}

function share(value: number, of: number): number {
  return off(value, of) / of
}

function off(value: number, from: number): number {
  return Math.abs(value - from)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
