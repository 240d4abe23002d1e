import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import type { FakeMachine } from '../fake-world.ts'
import { fakeWorld } from '../fake-world.ts'

function scenario(name: string, memory: string, gates = ''): string {
  return `
version: 1
name: ${name}
host: { memory: ${memory} }
regions: { pool: { size: 10 GiB } }
groups: { clients: { processes: 100, private: 8 MiB, maps: [{ region: pool }] } }
${gates}`
}

const files = {
  'roomy.yaml': scenario('roomy', '256 GiB'),
  'roomier.yaml': scenario('roomier', '512 GiB'),
  'short.yaml': scenario('short', '8 GiB'),
  'gated.yaml': scenario('gated', '1 TiB', 'gates: { headroom: 99.9% }'),
  'holding.yaml': scenario('holding', '1 TiB', 'gates: { risk: safe }'),
  'wrong.yaml': 'version: 1\n',
  'huge.yaml': scenario('huge', '8 GiB').replace('8 MiB', '8 GiB').replace('100', '4000000'),
}

async function run(argv: readonly string[], machine: FakeMachine = {}) {
  const { world, stdout, stderr, written } = fakeWorld({ files, ...machine })
  const status = await main(argv, world)
  return { status, stdout: stdout(), stderr: stderr(), written }
}

async function namesOf(argv: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run([...argv, '--format', 'json'])
  const { schema, results } = JSON.parse(stdout)
  expect(schema).toBe('mshare-plan/results/1')
  return results.map((result: { scenario: { name: string } }) => result.scenario.name)
}

describe('several scenarios', () => {
  it('come worst first: failed gates, then risk, then little headroom', async () => {
    expect(await namesOf(['roomier.yaml', 'roomy.yaml', 'short.yaml', 'gated.yaml'])).toEqual([
      'gated',
      'short',
      'roomy',
      'roomier',
    ])
  })

  it('are each planned once, however often they are named', async () => {
    expect(await namesOf(['roomy.yaml', './roomy.yaml', 'r*.yaml'])).toEqual(['roomy', 'roomier'])
  })

  it('are all answered that can be, and the others reported', async () => {
    const { status, stdout, stderr } = await run(['roomy.yaml', 'wrong.yaml', 'none.yaml'])
    expect(stdout).toContain('roomy')
    expect(stderr).toContain('wrong.yaml:')
    expect(stderr).toContain('cannot read none.yaml')
    expect(status).toBe(2)
  })
})

describe('the status', () => {
  it.each([
    [['roomy.yaml'], 0],
    [['holding.yaml'], 0],
    [['gated.yaml'], 1],
    [['gated.yaml', 'none.yaml'], 3],
    [['gated.yaml', 'none.yaml', 'wrong.yaml'], 2],
    [['short.yaml', '--max-risk', 'tight'], 1],
    [['holding.yaml', '--min-headroom', '99.9%'], 1],
    [['holding.yaml', '--max-page-tables', '1 KiB'], 1],
    [['gated.yaml', '--min-headroom', '1%'], 0],
    [['gated.yaml', '--max-risk', 'dire'], 2],
    [['huge.yaml'], 2],
  ])('of %j is %i', async (argv, expected) => {
    expect((await run(argv)).status).toBe(expected)
  })

  it('is the same in every format', async () => {
    for (const format of [['--format', 'json'], ['--quiet'], ['-o', 'out.txt']]) {
      expect((await run(['gated.yaml', ...format])).status).toBe(1)
    }
  })

  it('is 2 and names the quantity where a total would not be exact', async () => {
    const { stdout, stderr } = await run(['huge.yaml'])
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^huge\.yaml:\d+:\d+: .+ 2\^53/s)
  })

  it('is 3 where standard output cannot be written, and files then stay as they were', async () => {
    const argv = ['roomy.yaml', '--format', 'json', '-o', 'out.json']
    const { status, written } = await run(argv, { brokenStdout: 'ENOSPC' })
    expect(status).toBe(3)
    expect(written.size).toBe(0)
  })
})

describe('JSON lines', () => {
  it.each([[['short.yaml']], [['roomy.yaml', 'short.yaml']]])(
    'of %j have one result each',
    async (paths) => {
      const { stdout } = await run([...paths, '-f', 'ndjson'])
      const lines = stdout.trimEnd().split('\n')
      expect(lines).toHaveLength(paths.length)
      const { stdout: pretty } = await run(['short.yaml', '-f', 'json'])
      expect(JSON.parse(lines[0] ?? '')).toEqual(JSON.parse(pretty))
    },
  )

  it('are written to a file by the end of its name', async () => {
    const { status, written } = await run(['roomy.yaml', '-o', 'all.ndjson'])
    expect(status).toBe(0)
    expect(written.get('all.ndjson')).toMatch(/^\{.*\}\n$/)
  })
})

describe('a run that only reports', () => {
  it('ends with 0 and still says that a gate fails', async () => {
    const { status, stdout } = await run(['check', 'short.yaml', '--exit-zero'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^FAIL {2}short\.yaml/)
    const { stdout: json } = await run(['check', 'short.yaml', '--exit-zero', '-f', 'json'])
    expect(JSON.parse(json).verdict).toBe('fail')
  })

  it('keeps the status of errors', async () => {
    expect((await run(['check', 'short.yaml', 'wrong.yaml', '--exit-zero'])).status).toBe(2)
    expect((await run(['check', 'short.yaml', 'none.yaml', '--exit-zero'])).status).toBe(3)
  })
})
