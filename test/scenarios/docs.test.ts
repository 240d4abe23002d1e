import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findLayout } from '../../src/geometry/catalogue.ts'
import { settingsOf } from '../../src/importers/postgresql/guc/settings.ts'
import { sharedMemoryOf } from '../../src/importers/postgresql/shared-memory.ts'
import type { Result } from '../../src/plan/result/result.ts'
import type { VerifyResult } from '../../src/plan/result/verify-result.ts'
import { timeline } from '../../src/plan/timeline/timeline.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { spansTouched } from '../../src/space/spans.ts'
import { pages } from '../../src/units/quantity.ts'
import { parseSize } from '../../src/units/size.ts'
import { placeClaims } from '../../src/workload/placement.ts'
import { gib, planned as plannedFrom, random, strategy, x8664 } from '../build.ts'
import { plannedRanges } from '../plan/ranges/planned-ranges.ts'
import { answerTo, planned, resultOf, root } from './shipped.ts'

/** The number that each page of docs/model ends in, from the model. */
const worked: Readonly<Record<string, () => Promise<number>>> = {
  units: async () => {
    const size = parseSize('300 GB', x8664.pageBytes)
    return size.ok ? size.bytes / x8664.pageBytes : Number.NaN
  },
  geometry: async () => {
    const layout = findLayout('x86-64-5level')
    const p4d = layout?.levels.find(({ name }) => name === 'p4d')
    return (p4d?.reach ?? 0) * (layout?.pageBytes ?? 0)
  },
  space: async () => {
    const access = {
      first: 0,
      pages: pages((300 * gib) / 4096),
      touched: random(1000),
      draws: 1,
      counts: 'all',
    } as const
    return spansTouched([access], 512, 'pte tables').total.expected
  },
  accounting: async () => {
    const result = plannedFrom({
      regions: { data: { size: gib } },
      groups: { one: { maps: [{ region: 'data' }] } },
    })
    return strategy(result, 'base-pages').counters.pageTablesBytes
  },
  workload: async () => {
    const claim = { pages: (1.5 * gib) / 4096 }
    return (placeClaims(x8664, [claim, claim])[1] ?? 0) * x8664.pageBytes
  },
  sharing: async () => planned(await resultOf('oracle-sga-300g'), 'mshare').pageTables.onceBytes,
  host: async () => planned(await resultOf('oracle-sga-300g'), 'mshare').memory.headroomBytes,
  plan: async () => {
    const judged = ['--min-headroom', '10%', '--set', 'gates.strategy=mshare']
    const argv = ['scenarios/oracle-sga-300g.yaml', '--format', 'json', ...judged]
    const result: Result = JSON.parse((await answerTo(argv)).stdout)
    return Number(result.gates[0]?.margin)
  },
  timeline: async () => {
    const backends = { processes: 1000, baseTables: '0 B', maps: [{ region: 'buffers' }] }
    const steps = [{ dontneed: { backends: { buffers: 'all' } } }]
    const reading = readScenario(
      JSON.stringify({
        version: 1,
        host: { memory: '1 TiB' },
        regions: { buffers: { size: '64 GiB' } },
        groups: { backends },
        timeline: steps,
      }),
      'worked.json',
    )
    if (!reading.ok) return Number.NaN
    const { strategies } = timeline(reading.workload, reading, ['as-described'])
    return strategies[0]?.steps.at(-1)?.pageTables?.bytes ?? Number.NaN
  },
  ranges: async () => {
    const result = plannedRanges(`
version: 1
host: { memory: 64 GB, hugepages: { 2 MiB: 6000 } }
regions: { pool: { size: { from: 10 GB, to: 11 GB }, backing: memfd, pageSize: 2 MiB } }
groups: { a: { processes: 100, baseTables: 160 KiB, maps: [{ region: pool }] } }
`)
    return Number(result.ranges.bounds?.strategies[0]?.pageTables.mostBytes)
  },
  verify: async () => {
    const argv = ['verify', 'scenarios/measured-hugetlb-links.yaml', '--format', 'json']
    const result: VerifyResult = JSON.parse((await answerTo(argv)).stdout)
    return Number(result.pageTables?.predictedBytes)
  },
  capture: async () => {
    const result = plannedFrom({
      regions: { data: { size: 64 * 2 ** 20 } },
      groups: { one: { baseTables: 0, maps: [{ region: 'data', at: gib }] } },
    })
    const [group] = strategy(result, 'as-described').groups
    return ((300 + 304) / 2) * 1024 - (group?.perProcess.vmPteBytes ?? 0)
  },
  import: async () => {
    const { settings } = settingsOf([], 18)
    const connections = settings.numberOf('max_connections')
    return sharedMemoryOf({ rules: 18, release: 18, connections, gssapi: true }, settings).bytes
  },
}

const folder = join(root, 'docs/model')

describe('docs/model', () => {
  it('has a page for each storey, for verify, import, timeline and ranges, and no other', () => {
    const found = readdirSync(folder).map((file) => file.replace(/\.md$/, ''))
    expect(found.sort()).toEqual(Object.keys(worked).sort())
  })

  it.each(Object.entries(worked))(
    '%s ends in a number that the model gives',
    async (name, work) => {
      const text = readFileSync(join(folder, `${name}.md`), 'utf8')
      const [, section = ''] = text.split('\n## Worked number\n')
      const [last = ''] = section.trim().split('\n').slice(-1)
      const [, digits = ''] = /^ {6}= ([0-9.]+) (?:pages|bytes|tables)$/.exec(last) ?? []
      expect(digits).not.toBe('')
      const decimals = digits.split('.')[1]?.length ?? 0
      expect((await work()).toFixed(decimals)).toBe(digits)
    },
  )
})

describe('pages for people', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/screens/README.md',
    ...pagesIn('docs/guide'),
    ...pagesIn('docs/model'),
  ]

  it.each(pages)('%s points only to what is there', (page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, to = '']) =>
      join(dirname(page), to),
    )
    const paths = [...text.matchAll(/`((?:src|docs|test|scenarios)\/[^`*…<]*)`/g)].map(
      ([, path = '']) => path,
    )
    const missing = [...links, ...paths].filter((path) => !existsSync(join(root, path)))
    expect(missing).toEqual([])
    expect(links.length + paths.length).toBeGreaterThan(0)
  })
})

function pagesIn(path: string): readonly string[] {
  return readdirSync(join(root, path)).map((file) => `${path}/${file}`)
}
