import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timeline } from '../../../src/plan/timeline/timeline.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { gib, kib } from '../../build.ts'
import { testLimit } from '../live/limits.ts'
import { absence, createCluster } from './server.mjs'
import { vmPte } from './truth.ts'

/*
 * Backends that read more and more of the buffers, block by block at random, as a cache warms up. Each
 * read fault of shared memory maps the 64 KiB around it, so what is touched are clusters of that size.
 */

type Cluster = Awaited<ReturnType<typeof createCluster>>

const missing = absence()
/** Blocks that each backend has read by then: the same ones, and more. */
const reads = [400, 1000, 2500, 6000] as const
const backends = 6
/** 1 GiB of buffers in clusters of 64 KiB. */
const clusters = gib / (64 * kib)

describe.skipIf(missing !== undefined)(
  `backends that warm up${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    let cluster: Cluster | undefined
    beforeAll(async () => {
      cluster = await createCluster({ gigabytes: 1 })
    }, testLimit)
    afterAll(() => cluster?.cleanUp())

    test('have the VmPTE that the timeline forecasts, within 3 % at each step', {
      timeout: testLimit,
    }, async () => {
      if (cluster === undefined) throw new Error('no cluster')
      cluster.configure('off')
      const server = await cluster.start()
      try {
        const connected = await server.open(backends)
        const [first, ...later] = await curve(connected)
        const forecast = forecastFrom(first)
        expect(later).toHaveLength(reads.length)
        later.forEach((measured, index) => {
          const ratio = (forecast[index] ?? 0) / measured
          expect(ratio, `after ${reads[index]} blocks`).toBeGreaterThan(0.97)
          expect(ratio, `after ${reads[index]} blocks`).toBeLessThan(1.03)
        })
        await connected.close()
      } finally {
        await server.stop()
      }
    })
  },
)

type Connected = Awaited<ReturnType<Awaited<ReturnType<Cluster['start']>>['open']>>

/** VmPTE of a backend in bytes, on the average, before it reads and after each step. */
async function curve({ pids, readBlocks }: Connected): Promise<readonly [number, ...number[]]> {
  const now = (): number => pids.reduce((sum, pid) => sum + vmPte(pid), 0) / pids.length
  const before = now()
  const after: number[] = []
  for (const number of reads) {
    await readBlocks(number)
    after.push(now())
  }
  return [before, ...after]
}

/** Clusters that so many blocks drawn at random come to, on the average. */
function clustersOf(blocks: number): number {
  return Math.round(clusters * (1 - (1 - 1 / clusters) ** blocks))
}

function forecastFrom(baseBytes: number): readonly number[] {
  const scenario = {
    version: 1,
    host: { memory: '64 GB' },
    regions: { buffers: { size: '1 GiB', backing: 'anonymous-shared' } },
    groups: {
      backend: {
        processes: 1,
        baseTables: `${Math.round(baseBytes / kib)} KiB`,
        kernelMemory: '0 B',
        maps: [{ region: 'buffers', touched: 'none' }],
      },
    },
    timeline: reads.map((blocks) => ({
      touch: { backend: { buffers: { random: `${clustersOf(blocks) * 64} KiB`, in: '64 KiB' } } },
    })),
  }
  const reading = readScenario(JSON.stringify(scenario), 'warming.json')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const { strategies } = timeline(reading.workload, reading, ['as-described'])
  // VmPTE does not count the PGD.
  return (strategies[0]?.steps ?? [])
    .slice(1)
    .map(({ pageTables }) => (pageTables?.bytes ?? 0) - 4 * kib)
}
