import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PoolResult } from '../../../src/plan/result/memory-result.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import { asDescribed, mib } from '../../build.ts'
import { printed } from '../live/capture/printed.ts'
import { lockLimit, testLimit } from '../live/limits.ts'
import { change, freeHugePages } from '../live/machine/settings.ts'
import { workloadOf } from './captures.ts'
import { absence, createCluster } from './server.mjs'
import { pageTablesOf, processesOf, sharedTables, vmPte } from './truth.ts'

/*
 * A PostgreSQL whose pool of huge pages holds all of its shared memory, or all but one page, forecast
 * from its postgresql.conf. What is planned is held against HugePages_Rsvd, VmPTE and PageTables. The
 * kernel reserves a mapping whole or not at all: hugetlb_reserve_pages(), mm/hugetlb.c.
 */

type Cluster = Awaited<ReturnType<typeof createCluster>>

const backends = 20
const library = "shared_preload_libraries = 'pg_stat_statements'"
const settlingMs = 4000
const missing = absence()

interface Stage {
  cluster?: Cluster
  readonly undo: (() => unknown)[]
}

describe.skipIf(missing !== undefined)(
  `1 GB of shared buffers and pg_stat_statements${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    const stage: Stage = { undo: [] }
    beforeAll(async () => {
      stage.cluster = await createCluster({ gigabytes: 1 })
      stage.undo.push(stage.cluster.cleanUp)
    }, testLimit)
    afterAll(() => clear(stage.undo))

    test('its size is what the server says, in MB and in huge pages', async () => {
      const { size, pages, cluster } = await forecast(stage, 'try')
      expect(pages).toBe(Number(cluster.ask('shared_memory_size_in_huge_pages')))
      expect(Math.ceil(size / mib)).toBe(pages * 2)
      const plain = await forecast(stage, 'off')
      expect(Math.ceil(plain.size / mib)).toBe(Number(cluster.ask('shared_memory_size')))
    })

    test('with just enough pages it has all of it on huge pages', limits, async ({ skip }) => {
      const { text, pages, cluster } = await forecast(stage, 'try')
      const run = await withPool(pages, async (free) => {
        const server = await cluster.start()
        try {
          const [one] = await opened(server)
          return { reserved: reserved(free), tables: sharedTables(one ?? 0) }
        } finally {
          await server.stop()
        }
      })
      if (!run.ok) return skip(run.reason)
      const { planned, pool } = planOf(text, pages)
      expect(run.value.reserved).toBe(pages)
      expect(pool).toMatchObject({ usedPages: pages, strandedPages: 0, missingPages: 0 })
      expect(run.value.tables.pte).toBe(0)
      expect(planned.pageTables.levels.pte?.tables).toBe(0)
      // One whole GiB is linked, not a process's own; where the mapping begins in a GiB is not known before.
      const pmd = planned.groups.find(({ name }) => name === 'backends')?.perProcess.levels.pmd ?? 0
      expect(run.value.tables.pmd - pmd).toBeGreaterThanOrEqual(0)
      expect(run.value.tables.pmd - pmd).toBeLessThanOrEqual(2)
    })

    test(
      'with a page less and try it is on base pages, and the pool is idle',
      limits,
      async ({ skip }) => {
        const { text, pages, cluster } = await forecast(stage, 'try')
        const run = await withPool(pages - 1, async (free) => {
          const before = pageTablesOf([])
          const server = await cluster.start()
          try {
            const pids = await opened(server)
            const grown = pageTablesOf(processesOf(server.pid)) - before
            const ofBackends = pids.reduce((sum, pid) => sum + vmPte(pid), 0)
            return { reserved: reserved(free), grown, ofBackends }
          } finally {
            await server.stop()
          }
        })
        if (!run.ok) return skip(run.reason)
        const { planned, pool } = planOf(text, pages - 1)
        expect(run.value.reserved).toBe(0)
        expect(pool).toMatchObject({ usedPages: 0, strandedPages: pages - 1, missingPages: 0 })
        const group = planned.groups.find(({ name }) => name === 'backends')
        const ofBackends = backends * (group?.perProcess.vmPteBytes ?? 0)
        expect(ofBackends / run.value.ofBackends).toBeGreaterThan(1)
        expect(ofBackends / run.value.ofBackends).toBeLessThan(1.05)
        // The background writer has not been at all buffers yet, one of 22 processes that may be.
        expect(planned.counters.pageTablesBytes / run.value.grown).toBeGreaterThan(1)
        expect(planned.counters.pageTablesBytes / run.value.grown).toBeLessThan(1.15)
      },
    )

    test('with a page less and on it does not start', limits, async ({ skip }) => {
      const { text, pages, cluster } = await forecast(stage, 'on')
      const run = await withPool(pages - 1, () =>
        cluster.start().then(
          async (server) => {
            await server.stop()
            return 'started'
          },
          () => 'did not start',
        ),
      )
      if (!run.ok) return skip(run.reason)
      expect(run.value).toBe('did not start')
      expect(planOf(text, pages - 1).pool.missingPages).toBe(1)
      expect(planOf(text, pages).pool.missingPages).toBe(0)
    })
  },
)

const limits = { timeout: lockLimit + testLimit }

interface Forecast {
  readonly cluster: Cluster
  /** The scenario, without a pool. */
  readonly text: string
  readonly size: number
  /** Huge pages of 2 MiB for all of it. */
  readonly pages: number
}

async function forecast({ cluster }: Stage, hugePages: 'try' | 'on' | 'off'): Promise<Forecast> {
  if (cluster === undefined) throw new Error('no cluster')
  cluster.configure(hugePages, library)
  const file = `${cluster.databaseDir}/postgresql.conf`
  const wished = ['--connections', String(backends), '--memory', '64 GB']
  const text = await printed(['import', file, ...wished])
  const [region] = workloadOf(text).regions
  if (region === undefined) throw new Error('no region')
  return { cluster, text, size: region.size, pages: Math.ceil(region.size / (2 * mib)) }
}

function planOf(text: string, count: number): { planned: PlannedStrategy; pool: PoolResult } {
  const without = text.replace(/^ {2}hugepages:\n.*\n/m, '')
  const pooled = without.replace(/^host:\n/m, `host:\n  hugepages: { 2 MiB: ${count} }\n`)
  const planned = asDescribed(workloadOf(pooled))
  const pool = planned.memory.pools.find(({ pageBytes }) => pageBytes === 2 * mib)
  if (pool === undefined) throw new Error('no pool was planned')
  return { planned, pool }
}

type Run<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string }

/** What is found with so many free pages in the pool. */
async function withPool<Value>(
  count: number,
  look: (free: number) => Promise<Value>,
): Promise<Run<Value>> {
  const changed = await change(freeHugePages(2048, count))
  if (!changed.ok) return changed
  try {
    await sleep(settlingMs)
    return { ok: true, value: await look(count) }
  } finally {
    changed.restore()
  }
}

/** Of the free pages those that are reserved or in use now. */
function reserved(free: number): number {
  return free - (counter('HugePages_Free') - counter('HugePages_Rsvd'))
}

/** Backends that have read all rows. */
async function opened(server: Awaited<ReturnType<Cluster['start']>>): Promise<readonly number[]> {
  const clients = await server.open(backends)
  await clients.scan()
  // The checkpointer writes what the first scan has changed, and so reads it.
  await server.checkpoint()
  return clients.pids
}

function counter(name: string): number {
  const match = new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(
    readFileSync('/proc/meminfo', 'latin1'),
  )
  return Number(match?.[1])
}

async function clear(undo: (() => unknown)[]): Promise<void> {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step()
}
