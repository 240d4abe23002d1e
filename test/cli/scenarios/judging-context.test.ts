import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import type { FakeMachine } from '../fake-world.ts'
import { fakeWorld } from '../fake-world.ts'

/** 600 processes with 514 tables each take 1.2 GiB for a region of 1 GiB: MSP010. */
function scenario(more = '', processes = 600): string {
  return `
version: 1
name: server
host: { memory: 64 GiB }
regions: { pool: { size: 1 GiB } }
groups: { clients: { processes: ${processes}, maps: [{ region: pool }] } }
strategies: [as-described]
${more}`
}

const waiver = (until: string, finding = 'MSP010') =>
  `allow: [{ finding: ${finding}, until: ${until}, reason: the pooler is coming }]`

const files: Record<string, string> = {
  'server.yaml': scenario(),
  'smaller.yaml': scenario('', 300),
  'gated.yaml': scenario('gates: { findings: warning }'),
  'waived.yaml': scenario(`gates: { findings: warning }\n${waiver('2026-06-30')}`),
  'by-kind.yaml': scenario(
    `gates: { findings: warning }\n${waiver('2026-07-01', 'tables-exceed-data')}`,
  ),
  'expired.yaml': scenario(`gates: { findings: warning }\n${waiver('2026-06-29')}`),
  'unneeded.yaml': scenario(`gates: { findings: warning }\n${waiver('2027-01-01', 'MSP018')}`, 300),
  'refused.yaml': scenario('gates: { strategy: mshare, findings: error, growth: 5% }'),
  'growing.yaml': scenario('gates: { growth: [10%, 1 GiB] }'),
  'all.yaml': scenario().replace(/^strategies.*$/m, ''),
  'wrong.yaml': 'version: 1\n',
  'result.txt': 'a table',
}
// What is saved from them is there as well.
for (const [saved, argv] of [
  ['server.json', ['server.yaml']],
  ['gated.json', ['gated.yaml']],
  ['waived.json', ['waived.yaml']],
  ['smaller.json', ['smaller.yaml', '--max-risk', 'safe']],
  ['both.json', ['server.yaml', 'waived.yaml']],
  ['refused.json', ['refused.yaml']],
] as const) {
  files[saved] = (await run([...argv, '--format', 'json'])).stdout
}
const saved = files['server.json'] ?? ''
const old = JSON.parse(files['smaller.json'] ?? '')
files['older.json'] = JSON.stringify({ ...old, scenario: { ...old.scenario, file: 'server.yaml' } })
files['grown.json'] = (
  await run(['server.yaml', '--baseline', 'older.json', '--max-growth', '50%', '-f', 'json'])
).stdout

async function run(argv: readonly string[], machine: FakeMachine = {}) {
  const { world, stdout, stderr, written } = fakeWorld({ files, ...machine })
  const status = await main(argv, world)
  return { status, stdout: stdout(), stderr: stderr(), written }
}

async function judged(argv: readonly string[], machine: FakeMachine = {}) {
  const { stdout, status } = await run([...argv, '--format', 'json'], machine)
  return { status, ...JSON.parse(stdout) }
}

type Case = readonly [argv: readonly string[], status: number]

const cases: readonly Case[] = [
  [['server.yaml'], 0],
  [['server.yaml', '--fail-on', 'error'], 0],
  [['server.yaml', '--fail-on', 'warning'], 1],
  [['server.yaml', '--fail-on', 'fatal'], 2],
  [['gated.yaml'], 1],
  [['gated.yaml', '--fail-on', 'error'], 0],
  [['waived.yaml'], 0],
  [['waived.yaml', '--no-waivers'], 1],
  [['by-kind.yaml'], 0],
  [['expired.yaml'], 1],
  [['unneeded.yaml'], 0],
  [['unneeded.yaml', '--fail-on', 'note'], 1],
  [['refused.yaml', '--baseline', 'older.json'], 1],
  [['growing.yaml'], 1],
  [['growing.yaml', '--baseline', 'older.json'], 1],
  [['server.yaml', '--baseline', 'server.json'], 0],
  [['server.yaml', '--baseline', 'older.json'], 1],
  [['server.yaml', '--baseline', 'older.json', '--max-growth', '100%'], 0],
  [['server.yaml', '--baseline', 'older.json', '--max-growth', '99%'], 1],
  [['server.yaml', '--baseline', 'older.json', '--max-growth', '2 GiB'], 0],
  [['server.yaml', '--baseline', 'older.json', '--max-growth', '2 GiB', '--max-growth', '5%'], 1],
  [['server.yaml', '--baseline', 'none.json'], 3],
  [['server.yaml', '--baseline', 'denied.json'], 3],
  [['server.yaml', '--baseline', 'result.txt'], 2],
  [['server.yaml', '--baseline', 'server.yaml'], 2],
  [['server.yaml', '--baseline', '-'], 2],
  [['server.yaml', '--max-growth', '5%'], 2],
  [['server.yaml', '--baseline', 'older.json', '--max-growth', '5'], 2],
  [['none.yaml'], 3],
  [['denied.yaml'], 3],
  [['wrong.yaml'], 2],
]

/** Only `check` takes what was saved. */
const savedCases: readonly Case[] = [
  [['server.json'], 0],
  [['server.json', '--max-risk', 'safe'], 0],
  [['server.json', '--min-headroom', '99%'], 1],
  [['server.json', '--max-page-tables', '100 pages'], 1],
  [['server.json', '--fail-on', 'warning'], 1],
  [['gated.json'], 1],
  [['gated.json', '--fail-on', 'error'], 0],
  [['waived.json'], 0],
  [['waived.json', '--no-waivers'], 1],
  [['both.json'], 0],
  [['both.json', '--fail-on', 'warning'], 1],
  [['refused.json'], 1],
  [['refused.json', '--max-risk', 'oom'], 1],
  [['server.json', '--baseline', 'older.json'], 1],
  [['server.json', '--baseline', 'older.json', '--max-growth', '100%'], 0],
  [['grown.json'], 1],
  [['grown.json', '--baseline', 'server.json'], 0],
  [['server.json', '--set', 'host.memory=1 GiB'], 2],
  [['server.json', '--min-headroom', '10'], 2],
  [['server.json', 'none.json'], 3],
]

const obstructed = { 'denied.yaml': 'denied', 'denied.json': 'denied' } as const
const formats = [
  [],
  ['--format', 'json'],
  ['--format', 'ndjson'],
  ['--quiet'],
  ['-o', 'out.txt'],
  ['-o', 'out.json'],
]

describe('the status', () => {
  it.each([
    ...cases.flatMap(([argv, status]): Case[] => [
      [['plan', ...argv], status],
      [['check', ...argv], status],
    ]),
    ...savedCases.map(([argv, status]): Case => [['check', ...argv], status]),
  ])('of %j is %i', async (argv, expected) => {
    expect((await run(argv, { obstructed })).status).toBe(expected)
  })

  it('is the same in every format', async () => {
    for (const format of formats) {
      expect((await run(['check', 'gated.yaml', ...format])).status).toBe(1)
      expect((await run(['check', 'both.json', ...format])).status).toBe(0)
    }
  })

  it.each([...cases, ...savedCases].filter(([, status]) => status < 2))(
    'of check %j is that of the verdict, in words and as JSON',
    async (argv, expected) => {
      const verdicts = expected === 1 ? /^FAIL {2}/m : /^ok {4}/m
      expect((await run(['check', ...argv])).stdout).toMatch(verdicts)
      const { results, verdict } = await judged(['check', ...argv])
      const said = (results ?? [{ verdict }]).map((one: { verdict: string }) => one.verdict)
      expect(said.includes('fail')).toBe(expected === 1)
      expect(said).not.toContain('none')
    },
  )
})

describe('findings', () => {
  it('that stand against the gate are named, with a margin in levels', async () => {
    const { gates } = await judged(['gated.yaml'])
    expect(gates).toEqual([
      {
        metric: 'findings',
        strategy: 'as-described',
        limit: 'warning',
        unit: 'level',
        actual: 'warning',
        margin: -1,
        holds: false,
        against: ['MSP010'],
      },
    ])
  })

  it('that are waived stay in the result and say so', async () => {
    const { findings, waivers, gates } = await judged(['waived.yaml'])
    const waived = { until: '2026-06-30', reason: 'the pooler is coming' }
    expect(findings).toContainEqual(expect.objectContaining({ id: 'MSP010', waived }))
    expect(waivers).toEqual([{ finding: 'MSP010', ...waived }])
    expect(gates).toMatchObject([{ holds: true, against: [] }])
    expect((await run(['waived.yaml', '--details'])).stdout).toMatch(
      /warning MSP010 \(waived\):[\s\S]+ {2}Waived: until 2026-06-30 \(UTC\): the pooler is coming/,
    )
  })

  it('are waived to the end of the last day and not longer', async () => {
    const on = (today: string) => judged(['waived.yaml'], { today })
    expect((await on('2026-06-30')).verdict).toBe('pass')
    const { verdict, findings } = await on('2026-07-01')
    expect(verdict).toBe('fail')
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'MSP030', severity: 'warning', waives: 'MSP010' }),
    )
    expect(findings.some(({ waived }: { waived?: object }) => waived !== undefined)).toBe(false)
  })

  it('that a waiver does not find are a note', async () => {
    const { findings } = await judged(['unneeded.yaml'])
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'MSP031', severity: 'note', waives: 'MSP018' }),
    )
  })

  it('of another strategy are not counted', async () => {
    const argv = ['server.yaml', '--fail-on', 'warning', '--set', 'gates.strategy=threads']
    const { gates, findings } = await judged(argv)
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'MSP010', strategy: 'as-described' }),
    )
    expect(gates).toMatchObject([{ strategy: 'threads', holds: true, against: [] }])
  })

  it('are the same to plan and to check', async () => {
    const argv = ['all.yaml', '--fail-on', 'note', '--set', 'host.memory=1 TB']
    const [planned, checked] = [await judged(argv), await judged(['check', ...argv])]
    expect(checked.findings).toEqual(planned.findings)
    expect(checked.gates.at(-1)).toEqual(planned.gates.at(-1))
    expect(planned.gates.at(-1).against).toEqual(['MSP010', 'MSP013'])
  })
})

describe('the default gate of check', () => {
  it('stays beside gates that do not say that the memory is enough', async () => {
    const short = { ...files, 'short.yaml': scenario().replace('64 GiB', '1 GiB') }
    const metrics = async (...argv: string[]) => {
      const { gates, verdict } = await judged(['check', 'short.yaml', ...argv], { files: short })
      return [verdict, ...gates.map(({ metric }: { metric: string }) => metric)]
    }
    expect(await metrics()).toEqual(['fail', 'risk'])
    expect(await metrics('--fail-on', 'error')).toEqual(['fail', 'risk', 'findings'])
    expect(await metrics('--max-page-tables', '2 GiB')).toEqual(['pass', 'pageTables'])
  })
})

describe('a saved result', () => {
  it('is judged by the waivers and the date of today', async () => {
    const { gates, findings, ...rest } = await judged(['check', 'waived.json'], {
      today: '2026-07-01',
    })
    expect(rest.verdict).toBe('fail')
    expect(gates).toMatchObject([{ metric: 'risk' }, { metric: 'findings', holds: false }])
    expect(findings.map(({ id }: { id: string }) => id)).toContain('MSP030')
  })

  it('says what it said, but for findings, gates and verdict', async () => {
    const {
      findings: _,
      gates: __,
      verdict,
      status: ___,
      ...again
    } = await judged(['check', 'server.json'])
    const { findings: ____, gates: _____, verdict: before, ...written } = JSON.parse(saved)
    expect(again).toEqual(written)
    expect([before, verdict]).toEqual(['none', 'pass'])
  })

  it('gives the verdict that its scenario gives', async () => {
    for (const gate of [
      ['--fail-on', 'warning'],
      ['--min-headroom', '50%'],
      ['--max-risk', 'safe'],
    ]) {
      const fresh = await judged(['check', 'server.yaml', ...gate])
      const again = await judged(['check', 'server.json', ...gate])
      expect(again.gates).toEqual(fresh.gates)
    }
  })

  it('is found in folders and by patterns', async () => {
    const inFolder = { 'ci/server.json': saved, 'ci/other.yaml': scenario() }
    for (const where of ['ci', 'ci/*']) {
      const { results } = await judged(['check', where], { files: inFolder })
      expect(results).toHaveLength(2)
    }
  })

  it('keeps its list, if only of one', async () => {
    const list = JSON.stringify({ schema: 'mshare-plan/results/1', results: [JSON.parse(saved)] })
    const { schema, results } = await judged(['check', 'list.json'], {
      files: { 'list.json': list },
    })
    expect([schema, results.length]).toEqual(['mshare-plan/results/1', 1])
  })

  it('may be larger than a scenario', async () => {
    const { strategies, ...rest } = JSON.parse(saved)
    const large = JSON.stringify({ ...rest, strategies, padding: 'x'.repeat(5 * 2 ** 20) })
    const { status } = await run(['check', 'large.json'], { files: { 'large.json': large } })
    expect(status).toBe(0)
    const junk = { 'junk.yaml': 'x'.repeat(5 * 2 ** 20) }
    const { status: refused, stderr } = await run(['check', 'junk.yaml'], { files: junk })
    expect(refused).toBe(2)
    expect(stderr).toContain('larger than 4 MiB, too large for a scenario')
  })

  it.each(['plan', 'explain', 'limits'])('is no scenario to %s', async (command) => {
    const { status, stderr } = await run([command, 'server.json'])
    expect(status).toBe(2)
    expect(stderr).toContain('server.json is a saved result, not a scenario')
  })
})

/** A saved result with something else in place of what stands at a path. */
function changed(path: string, value: unknown): string {
  const root = JSON.parse(saved)
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  let node = root
  for (const step of steps) node = node[step]
  if (value === undefined) delete node[last]
  else node[last] = value
  return JSON.stringify(root, null, 2)
}

describe('a saved result that lacks what is judged', () => {
  it.each([
    ['schema', 'mshare-plan/result/2'],
    ['schema', 'mshare-plan/limits/1'],
    ['strategies', undefined],
    ['strategies', {}],
    ['findings', undefined],
    ['gates', undefined],
    ['host.memoryBytes', undefined],
    ['host.pageBytes', 0],
    ['scenario.name', 5],
    ['strategies.0.applies', 'yes'],
    ['strategies.0.pageTables.bytes', undefined],
    ['strategies.0.pageTables.bytes', '1'],
    ['strategies.0.pageTables.bytes', 1.5],
    ['strategies.0.pageTables.bytes', -1],
    ['strategies.0.pageTables.bytes', null],
    ['strategies.0.memory.headroomBytes', undefined],
    ['strategies.0.memory.pools', undefined],
    ['strategies.0.risk.level', 'fine'],
    ['findings.0.severity', 'harmless'],
    ['gates', [{ metric: 'luck', strategy: 'as-described', limit: 'safe' }]],
    ['gates', [{ metric: 'risk', strategy: 'as-described' }]],
    ['gates', [{ metric: 'growth', strategy: 'as-described', limit: 2, unit: 'fraction' }]],
    ['waivers', [{ finding: 'MSP010', until: '2026-02-30', reason: 'x' }]],
  ])('at %s (%j) is refused', async (path, value) => {
    const edited = { ...files, 'edited.json': changed(path, value) }
    const { status, stdout, stderr } = await run(['check', 'edited.json'], { files: edited })
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^edited\.json:\d+:\d+: /)
    expect(
      (await run(['server.yaml', '--baseline', 'edited.json'], { files: edited })).status,
    ).toBe(2)
  })

  it.each([
    ['cut off', saved.slice(0, -100)],
    ['with a number that is none', saved.replace(/"headroomBytes": \d+/, '"headroomBytes": NaN')],
    ['past all numbers', saved.replace(/"headroomBytes": \d+/, '"headroomBytes": 1e999')],
    ['with two strategies judged', changed('gates', [gateOn('threads'), gateOn('mshare')])],
    ['with one gate given twice', changed('gates', [gateOn('threads'), gateOn('threads')])],
  ])('%s is refused', async (_, text) => {
    const { status, stderr } = await run(['check', 'x.json'], { files: { 'x.json': text } })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^x\.json:\d+:\d+: /)
  })

  it('without the strategy that is judged does not pass', async () => {
    const other = changed('strategies.0.id', 'threads')
    const { gates, status } = await judged(['check', 'x.json'], { files: { 'x.json': other } })
    expect(status).toBe(1)
    expect(gates).toEqual([
      { metric: 'risk', strategy: 'as-described', limit: 'tight', unit: 'level', holds: false },
    ])
  })

  it('says at which line', async () => {
    const text = changed('strategies.0.memory.headroomBytes', 'much')
    const { stderr } = await run(['check', 'x.json'], { files: { 'x.json': text } })
    const line = text.split('\n').findIndex((one) => one.includes('"much"')) + 1
    expect(stderr).toContain(`x.json:${line}:`)
    expect(stderr).toContain('"headroomBytes": "much"')
  })

  it.each(['advice', 'strategies.0.memory.lines', 'strategies.0.groups', 'strategies.0.status'])(
    'without %s, which is not judged, is judged, whatever the format',
    async (path) => {
      for (const format of formats) {
        const argv = ['check', 'x.json', ...format]
        const { status } = await run(argv, { files: { 'x.json': changed(path, undefined) } })
        expect([format, status]).toEqual([format, 0])
      }
    },
  )
})

function gateOn(strategy: string): object {
  return { metric: 'risk', strategy, limit: 'oom', unit: 'level' }
}

describe('a baseline', () => {
  it('is in the gates, with growth and margin', async () => {
    const argv = ['server.yaml', '--baseline', 'older.json', '--max-growth', '50%']
    const { gates } = await judged([...argv, '--max-growth', '1 GiB'])
    const [before, now] = [old, JSON.parse(saved)].map(
      ({ strategies }) => strategies[0].pageTables.bytes,
    )
    expect(gates).toEqual([
      growth({ limit: 0.5, unit: 'fraction', baseline: before }, (now - before) / before),
      growth({ limit: 2 ** 30, unit: 'bytes', baseline: before }, now - before),
      {
        metric: 'riskGrowth',
        strategy: 'as-described',
        limit: 'safe',
        unit: 'level',
        baseline: 'safe',
        actual: 'safe',
        margin: 0,
        holds: true,
      },
    ])
  })

  it('of the same file is taken, whatever the name', async () => {
    const two = [
      { ...old, scenario: { name: 'another', file: 'server.yaml' } },
      { ...JSON.parse(saved), scenario: { name: 'server', file: 'elsewhere.yaml' } },
    ]
    expect(await growthOver(two)).toBeGreaterThan(0)
  })

  it('of the same name is taken where no file is the same, if there is only one', async () => {
    const named = (file: string) => ({ ...old, scenario: { ...old.scenario, file } })
    expect(await growthOver([named('elsewhere.yaml')])).toBeGreaterThan(0)
    expect(await growthOver([named('here.yaml'), named('there.yaml')])).toBeUndefined()
  })

  it.each([
    ['has no such scenario', { ...old, scenario: { name: 'x', file: 'y' } }],
    ['has no such strategy', { ...old, strategies: [] }],
    ['could not plan it', { ...old, strategies: [refusal()] }],
  ])('that %s is no pass', async (_, result) => {
    const baseline = { ...files, 'base.json': JSON.stringify(result) }
    const argv = ['server.yaml', '--baseline', 'base.json', '--max-growth', '100%']
    const { gates, status } = await judged(argv, { files: baseline })
    expect(status).toBe(1)
    expect(gates).toEqual([
      { metric: 'growth', strategy: 'as-described', limit: 1, unit: 'fraction', holds: false },
    ])
  })

  it('with a better risk is no pass, however little has grown', async () => {
    const short = { ...files, 'server.yaml': scenario().replace('64 GiB', '2500 MiB') }
    const argv = ['server.yaml', '--baseline', 'server.json']
    const { gates, status } = await judged(argv, { files: short })
    expect(status).toBe(1)
    expect(gates).toMatchObject([
      { metric: 'growth', actual: 0, holds: true },
      { metric: 'riskGrowth', limit: 'safe', actual: 'tight', margin: -1, holds: false },
    ])
  })

  it('is not written over', async () => {
    const argv = ['server.yaml', '--baseline', 'older.json', '-o', 'older.json']
    const { status, written } = await run(argv)
    expect([status, written.size]).toEqual([2, 0])
  })
})

function growth(gate: { limit: number; unit: string; baseline: number }, actual: number): object {
  const { limit } = gate
  const judgement = { actual, margin: limit - actual, holds: actual <= limit }
  return { metric: 'growth', strategy: 'as-described', ...gate, ...judgement }
}

async function growthOver(results: readonly object[]): Promise<number | undefined> {
  const list = JSON.stringify({ schema: 'mshare-plan/results/1', results })
  const { gates } = await judged(['server.yaml', '--baseline', 'list.json'], {
    files: { ...files, 'list.json': list },
  })
  return gates[0].actual
}

function refusal(): object {
  return { id: 'as-described', status: 'mainline', applies: false, obstacles: [] }
}
