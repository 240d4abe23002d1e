import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { worstStatus } from '../../src/cli/output/status.ts'
import type { FakeMachine } from './fake-world.ts'
import { fakeWorld } from './fake-world.ts'

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
  it('of several parts is the first that occurs of 70, 2, 3, 1, 0', () => {
    expect(worstStatus([])).toBe(0)
    expect(worstStatus([0, 1])).toBe(1)
    expect(worstStatus([0, 1, 3])).toBe(3)
    expect(worstStatus([3, 2, 1])).toBe(2)
    expect(worstStatus([2, 70, 3])).toBe(70)
  })

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
  ])('of %j is %i, whatever the format', async (argv, expected) => {
    for (const format of [[], ['--format', 'json'], ['--quiet'], ['-o', 'out.txt']]) {
      expect((await run([...argv, ...format])).status).toBe(expected)
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

  it.each([['--help'], ['--version'], ['help', 'limits']])(
    'is 3 where %s cannot be written',
    async (...argv) => {
      const { status, stderr } = await run(argv, { brokenStdout: 'ENOSPC' })
      expect(status).toBe(3)
      expect(stderr).toBe(
        'mshare-plan: cannot write standard output: the system refused (ENOSPC)\n',
      )
    },
  )

  it('is 70, with a stack trace, where we are at fault', async () => {
    const { world, stderr } = fakeWorld({ files })
    const broken = {
      ...world,
      kindOf: () => {
        throw new TypeError('planted')
      },
    }
    expect(await main(['roomy.yaml'], broken)).toBe(70)
    expect(stderr()).toMatch(/bug in mshare-plan[\s\S]*TypeError: planted\n\s+at /)
  })
})

describe('explain', () => {
  it('shows numbers of one strategy whose path holds a text', async () => {
    const argv = ['explain', 'roomy.yaml', 'onceBytes', '--strategy', 'mshare', '-f', 'json']
    const { status, stdout } = await run(argv)
    expect(status).toBe(0)
    const { schema, scenarios } = JSON.parse(stdout)
    expect(schema).toBe('mshare-plan/explanations/1')
    const paths = scenarios[0].explanations.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(['strategies.mshare.pageTables.onceBytes'])
  })

  it('that shows nothing has not been answered', async () => {
    expect((await run(['explain', 'roomy.yaml', 'nonsense'])).status).toBe(2)
    const { status, stderr } = await run(['explain', 'roomy.yaml', '--strategy', 'mshar'])
    expect(status).toBe(2)
    expect(stderr).toContain('did you mean mshare?')
  })
})

describe('layouts and schema', () => {
  it('are published as JSON', async () => {
    const layouts = JSON.parse((await run(['layouts', '--format', 'json'])).stdout)
    expect(layouts.schema).toBe('mshare-plan/layouts/1')
    expect(layouts.layouts[0]).toMatchObject({ id: 'x86-64', autoBase: '0x400000000000' })
    const schema = JSON.parse((await run(['schema'])).stdout)
    expect(schema).toMatchObject({ type: 'object' })
  })
})

describe('limits FILE TEXT', () => {
  const limitsWith = async (...texts: readonly string[]) => {
    const ran = await run(['limits', 'roomy.yaml', ...texts, '--format', 'json'])
    const { strategies = [] } = ran.stdout === '' ? {} : JSON.parse(ran.stdout)
    const [first] = strategies as readonly { limits: readonly Record<string, string>[] }[]
    return {
      ...ran,
      found: first?.limits.map(({ metric, group, region }) => group ?? region ?? metric),
    }
  }

  it('finds the limits that have the text in their metric, their group or their region', async () => {
    expect((await limitsWith()).found).toEqual(['clients', 'pool', 'memory'])
    expect((await limitsWith('memory')).found).toEqual(['memory'])
    expect((await limitsWith('client')).found).toEqual(['clients'])
    expect((await limitsWith('region')).found).toEqual(['pool'])
    expect((await limitsWith('processes', 'memory')).found).toEqual(['clients', 'memory'])
  })

  it('is refused where there is none, and a name like a file stays a file', async () => {
    const none = await limitsWith('pages')
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('no limit has pages in its metric, group or region')
    const file = await limitsWith('none.yaml')
    expect(file.stderr).toContain('cannot read none.yaml')
  })
})
