import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asDescribed, kib } from '../../build.ts'
import { printed } from '../live/capture/printed.ts'
import { testLimit } from '../live/limits.ts'
import { inSinglePages, workloadOf } from './captures.ts'
import { absence, createCluster } from './server.mjs'
import { sharedTables, vmPte } from './truth.ts'

/*
 * A backend that has read rows at random, of a table that takes a tenth of the buffers: its blocks lie
 * together, and each fault maps the 16 pages around it. Planned from its Rss alone, as `import --touched`
 * does. How much of the table was read matters: where all of it was, clusters of 1 MiB are 44 % too high.
 */

type Cluster = Awaited<ReturnType<typeof createCluster>>

const missing = absence()
/** Blocks of 8 kB of the table; a tenth of 1 GB. */
const tableBlocks = 13_107
const rows = 1000

describe.skipIf(missing !== undefined)(
  `a backend that has read random rows${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    let cluster: Cluster | undefined
    beforeAll(async () => {
      cluster = await createCluster({ gigabytes: 1 })
    }, testLimit)
    afterAll(() => cluster?.cleanUp())

    test('is planned within 30 % of its VmPTE in clusters, and several times too high in single pages', {
      timeout: testLimit,
    }, async () => {
      if (cluster === undefined) throw new Error('no cluster')
      cluster.configure('off')
      const server = await cluster.start()
      const read = await measured(server).finally(() => server.stop())
      const file = `${cluster.databaseDir}/postgresql.conf`
      const wishes = [
        '--connections',
        '1',
        '--memory',
        '64 GB',
        '--touched',
        `${read.rss / kib}KiB`,
      ]
      const text = await printed(['import', file, ...wishes])
      expect(text).toContain('in: 1 MiB')
      const clusters = planned(text)
      expect(clusters / read.vmPte).toBeGreaterThan(0.7)
      expect(clusters / read.vmPte).toBeLessThan(1.3)
      const single = planned(inSinglePages(text))
      expect(single / read.vmPte).toBeGreaterThan(3)
    })
  },
)

async function measured(
  server: Awaited<ReturnType<Cluster['start']>>,
): Promise<{ rss: number; vmPte: number }> {
  const backends = await server.open(1)
  await backends.readBlocks(rows, tableBlocks)
  const [pid = 0] = backends.pids
  const found = { rss: sharedTables(pid).pages * 4 * kib, vmPte: vmPte(pid) }
  await backends.close()
  return found
}

/** VmPTE of a backend. */
function planned(text: string): number {
  const { groups } = asDescribed(workloadOf(text))
  const group = groups.find(({ name }) => name === 'backends')
  if (group === undefined) throw new Error('no backends were planned')
  return group.perProcess.vmPteBytes
}
