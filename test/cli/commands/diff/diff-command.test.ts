import { describe, expect, it } from 'vitest'
import { main } from '../../../../src/cli/main.ts'
import type { DiffResult } from '../../../../src/plan/result/what-if/diff-result.ts'
import { fakeWorld } from '../../fake-world.ts'

const old = `
version: 1
name: db1
host: { memory: 64 GiB, reserve: { agents: 1 GiB } }
regions: { pool: { size: 16 GiB } }
groups:
  clients: { processes: 100, private: 8 MiB, maps: [{ region: pool }] }
  batch: { processes: 5 }
`

async function run(argv: readonly string[], files: Readonly<Record<string, string>>) {
  const { world, stdout, stderr } = fakeWorld({ files })
  const status = await main(argv, world)
  return { status, stdout: stdout(), stderr: stderr() }
}

async function diffed(after: string): Promise<DiffResult> {
  const { stdout } = await run(['diff', 'a.yaml', 'b.yaml', '-f', 'json'], {
    'a.yaml': old,
    'b.yaml': after,
  })
  return JSON.parse(stdout)
}

describe('diff', () => {
  it('sees no change in another way of writing', async () => {
    const after = old.replace('16 GiB', '16384 MiB').replace('name: db1', 'name: "db1" # same')
    expect(await diffed(after)).toMatchObject({
      same: true,
      inputs: [],
      effects: [],
      strategies: [],
    })
  })

  it('lists what is changed, new, gone and renamed, and what each does', async () => {
    const after = old
      .replace('pool: {', 'buffers: {')
      .replace('region: pool', 'region: buffers')
      .replace('processes: 100', 'processes: 300')
      .replace('batch: { processes: 5 }', 'agents: { processes: 7, private: 1 GiB }')
      .replace('agents: 1 GiB', 'agents: 2 GiB')
    const { inputs, effects, pageTables } = await diffed(after)
    expect(inputs).toEqual([
      { path: 'regions', kind: 'renamed', from: 'pool', to: 'buffers' },
      {
        path: 'host.reserve.agents',
        kind: 'changed',
        unit: 'bytes',
        from: 2 ** 30,
        to: 2 ** 31,
      },
      { path: 'groups.clients.processes', kind: 'changed', from: 100, to: 300 },
      { path: 'groups.agents', kind: 'added', to: '7 processes' },
      { path: 'groups.batch', kind: 'removed', from: '5 processes' },
    ])
    expect(effects?.map(({ paths }) => paths)).toEqual([
      ['host.reserve'],
      ['groups.clients.processes'],
      ['groups.agents'],
      ['groups.batch'],
    ])
    expect(effects?.[0]).toMatchObject({ pageTableBytes: 0, headroomBytes: -(2 ** 30) })
    // A renamed region is compared with itself: 200 processes more have 8,192 pte, 16 pmd and 1 pud table each.
    expect(pageTables?.lines.find(({ name }) => name === 'region buffers')?.changeBytes).toBe(
      200 * (8192 + 16 + 1) * 4096,
    )
  })

  it('counts a mapping of a whole region with the size of the region', async () => {
    const { inputs, effects } = await diffed(old.replace('16 GiB', '32 GiB'))
    expect(inputs?.map(({ path }) => path)).toEqual(['regions.pool.size'])
    expect(effects?.map(({ paths }) => paths)).toEqual([['regions.pool.size']])
    expect(effects?.[0]?.pageTableBytes).toBe(100 * (8192 + 16) * 4096)
  })

  it('puts all of another layout into one change', async () => {
    const { effects } = await diffed(old.replace('memory:', 'layout: arm64-64k-48, memory:'))
    expect(effects?.map(({ paths }) => paths)).toEqual([['host.layout']])
  })

  it('reads a saved result on either side, whose inputs are unknown', async () => {
    const files = { 'a.yaml': old, 'b.yaml': old.replace('processes: 100', 'processes: 200') }
    const saved = (await run(['a.yaml', '-f', 'json'], files)).stdout
    const { stdout, status } = await run(['diff', 'a.json', 'b.yaml'], {
      ...files,
      'a.json': saved,
    })
    expect(status).toBe(0)
    expect(stdout).toContain('The old one is a saved result, so the changed inputs are unknown.')
    const scenarios = (await run(['diff', 'a.yaml', 'b.yaml'], files)).stdout
    // Its totals and their parts are those of the scenarios.
    const since = (text: string) => text.slice(text.indexOf('Page tables\n'))
    expect(since(stdout)).toBe(since(scenarios))
    const same = await run(['diff', 'a.json', 'a.yaml', '-f', 'json'], {
      ...files,
      'a.json': saved,
    })
    expect(JSON.parse(same.stdout)).toMatchObject({ same: true, inputs: [], strategies: [] })
  })

  it('takes a saved result without its parts for what gates read of it', async () => {
    const files = { 'a.yaml': old }
    const saved = JSON.parse((await run(['a.yaml', '-f', 'json'], files)).stdout)
    for (const strategy of saved.strategies) {
      strategy.regions = 'none'
      strategy.limits = [{ metric: 'colour' }]
      if (strategy.memory) strategy.memory.lines = [7]
    }
    const { stdout, stderr } = await run(['diff', 'a.json', 'a.yaml', '-f', 'json'], {
      ...files,
      'a.json': JSON.stringify(saved),
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ headroom: { changeBytes: 0, lines: [] } })
  })

  it('fails where a gate of the new one fails, unless it only reports', async () => {
    const files = { 'a.yaml': old, 'b.yaml': `${old}gates: { headroom: 60 GiB }\n` }
    expect((await run(['diff', 'a.yaml', 'b.yaml'], files)).status).toBe(1)
    expect((await run(['diff', 'a.yaml', 'b.yaml', '--exit-zero'], files)).status).toBe(0)
    expect((await run(['diff', 'b.yaml', 'a.yaml'], files)).status).toBe(0)
  })

  it('writes Markdown in which a name is no markup', async () => {
    const files = { 'a.yaml': old, 'b.yaml': old.replace(/clients/g, '"@all | <b>"') }
    const { stdout } = await run(['diff', 'a.yaml', 'b.yaml', '-f', 'markdown'], files)
    expect(stdout).toContain('### `db1`')
    expect(stdout).toContain('| groups, renamed | `clients` | `@all \\| <b>` |')
  })

  it.each([
    [['a.yaml'], 'diff compares two files, and 1 is named'],
    [['a.yaml', 'a.yaml', 'a.yaml'], 'and 3 are named'],
    [['-', '-'], 'standard input can be read once'],
    [['a.yaml', 'broken.yaml'], '`memory` is missing'],
    [['a.yaml', 'two.ndjson'], 'holds several scenarios'],
  ])('refuses %j: %s', async (operands, message) => {
    const files = {
      'a.yaml': old,
      'broken.yaml': 'version: 1\nhost: {}\ngroups: {}\n',
      'two.ndjson': '{"version":1}\n{"version":1}\n',
    }
    const { status, stdout, stderr } = await run(['diff', ...operands], files)
    expect(stderr).toContain(message)
    expect([status, stdout]).toEqual([2, ''])
  })
})
