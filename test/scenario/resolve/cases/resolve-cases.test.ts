import { describe, expect, it } from 'vitest'
import { minimal, places, read, suggestions } from '../../reading.ts'

function withCases(...lines: readonly string[]): string {
  return `${minimal}\n${lines.join('\n')}\n`
}

const two = withCases(
  'gates: { risk: tight, cases: [larger, failover] }',
  'cases:',
  '  failover: { groups.clients.processes: x2, host.kernel: 6.10 }',
  '  larger: { host.memory: +1 TB, gates.risk: safe }',
)

describe('the cases of a scenario', () => {
  it('are scenarios of their own, each with the values that it made', () => {
    const { cases = [], gates } = read(two).workload
    expect(cases.map(({ name, values }) => [name, values])).toEqual([
      [
        'failover',
        [
          { path: 'groups.clients.processes', value: '3000', change: 'x2' },
          { path: 'host.kernel', value: '6.10' },
        ],
      ],
      [
        'larger',
        [
          { path: 'host.memory', value: '1536 GiB', change: '+1 TB' },
          { path: 'gates.risk', value: 'safe' },
        ],
      ],
    ])
    expect(cases[0]?.scenario).toMatchObject({
      host: { memory: 512 * 2 ** 30, kernel: { major: 6, minor: 10 } },
      groups: [{ processes: 3000 }],
    })
    expect(cases[1]?.scenario.gates.risk).toBe('safe')
    expect(cases[0]?.scenario).not.toHaveProperty('cases')
    // In the order of the scenario, whatever that of the list.
    expect(gates.cases).toEqual(['failover', 'larger'])
  })

  it('come after values of the command line', () => {
    const set = [{ path: 'groups.clients.processes', value: '10' }]
    expect(read(two, set).workload.cases?.[0]?.scenario.groups[0]?.processes).toBe(20)
  })

  it('no longer say of a value that it was assumed, if they change it', () => {
    const assumed = withCases(
      'assumed: { groups.clients.private: guess, groups.clients.processes: guess }',
      'cases: { c: { groups.clients.private: x2 } }',
    )
    const { workload, assumptions } = read(assumed)
    const stated = (all: typeof assumptions | undefined) =>
      all?.filter(({ stated: is }) => is).map(({ path }) => path)
    expect(stated(assumptions)).toEqual(['groups.clients.private', 'groups.clients.processes'])
    expect(stated(workload.cases?.[0]?.assumptions)).toEqual(['groups.clients.processes'])
  })

  it('take a value away that has none in them', () => {
    const swap = minimal.replace('512 GB', '512 GB\n  swap: 8 GB')
    expect(swap).toContain('swap')
    const { workload } = read(`${swap}\ncases: { c: { host.swap: } }\n`)
    expect(workload.host.swap).toBe(8 * 2 ** 30)
    expect(workload.cases?.[0]?.scenario.host.swap).toBe(0)
    expect(workload.cases?.[0]?.values).toEqual([{ path: 'host.swap' }])
  })

  it('know nothing of what happens step by step', () => {
    const steps = withCases(
      'timeline: [{ stop: { clients: 1500 } }]',
      'cases: { fewer: { groups.clients.processes: 5 } }',
    )
    expect(read(steps).workload.cases?.[0]?.scenario).not.toHaveProperty('timeline')
  })

  it('do not stop steps and growth, with gates on them', () => {
    const { workload } = read(
      withCases(
        'gates: { risk: safe, cases: [c] }',
        'cases: { c: { host.memory: x2 } }',
        'timeline: [{ set: { host.swap: 1 GB } }]',
        'growth: { from: 2026-12-01, groups.clients.processes: +1 per month }',
      ),
    )
    expect(workload).toMatchObject({ cases: [{ name: 'c' }], timeline: [{}], growth: {} })
    expect(workload.timeline?.[0]?.scenario).not.toHaveProperty('cases')
  })

  it('are refused at the value, as many as are wrong', () => {
    const wrong = withCases(
      'cases:',
      '  a: { groups.client.processes: x2 }',
      '  b: { groups.clients.processes: half }',
      '  c: {}',
      '  d: { cases.a: {}, "groups..": 1 }',
    )
    const [first = 0] = wrong.split('\n').flatMap((line, at) => (line === 'cases:' ? [at + 1] : []))
    expect(places(wrong)).toEqual([
      `${first + 1}:8 \`groups\` has no \`client\``,
      `${first + 2}:34 \`half\` is not a number`,
      `${first + 3}:6 this case changes nothing`,
      `${first + 4}:8 a case cannot set \`cases\``,
      `${first + 4}:21 \`groups..\` is not a path to a key`,
    ])
  })

  it('are refused at a key that is misspelt, with the one that is there', () => {
    const wrong = withCases(
      'cases: { a: { groups.clients.proceses: x2, groups.clients.threads: x2 } }',
    )
    const line = wrong.trimEnd().split('\n').length
    const none = '`x2` changes a number, and the scenario has none at this path'
    expect(places(wrong)).toEqual([`${line}:15 ${none}`, `${line}:68 ${none}`])
    expect(suggestions(wrong)).toEqual(['did you mean `groups.clients.processes`?', undefined])
  })

  it('are a hundred at most', () => {
    const many = (count: number) =>
      withCases(
        'cases:',
        ...Array.from({ length: count }, (_, n) => `  c${n}: { host.memory: ${n + 400} GB }`),
      )
    expect(places(many(100))).toEqual([])
    expect(places(many(101))).toEqual([expect.stringContaining('the scenario has 101 cases')])
  })

  it('may have any names', () => {
    const names = withCases(
      'cases: { __proto__: { host.memory: x2 }, 7: { host.memory: x3 }, constructor: { host.memory: x4 } }',
    )
    const { cases = [] } = read(names).workload
    expect(cases.map(({ name, scenario }) => [name, scenario.host.memory / 2 ** 30])).toEqual([
      ['__proto__', 1024],
      ['7', 1536],
      ['constructor', 2048],
    ])
  })
})

describe('gates on cases', () => {
  it('are on all, on one or on none', () => {
    const gated = (cases: string) =>
      read(two.replace('[larger, failover]', cases)).workload.gates.cases
    expect(gated('all')).toEqual(['failover', 'larger'])
    expect(gated('larger')).toEqual(['larger'])
    expect(gated('[]')).toBeUndefined()
  })

  it('are on every case there is, if that is none', () => {
    const { gates } = read(withCases('gates: { risk: safe, cases: all }')).workload
    expect(gates).not.toHaveProperty('cases')
  })

  it('on a case that does not exist are refused at its name', () => {
    expect(places(two.replace('[larger, failover]', '[larger, failovr]'))).toEqual([
      expect.stringContaining('no case is called `failovr`'),
    ])
  })
})
