import { describe, expect, it } from 'vitest'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import { fleetEntry, renderFleet } from '../../src/render/fleet.ts'
import type { Ink } from '../../src/render/text/ink.ts'
import { lkml, lkmlGated, randomCase } from './lkml-result.ts'

const ink = { color: false, unicode: true, width: 80 }

function fleet(results: readonly Result[], unread: number, on: Ink): string {
  return renderFleet(results.map(fleetEntry), { unanswered: unread, failures: [] }, on)
}

function inFile(file: string, result: Result = lkml): Result {
  return { ...result, scenario: { ...result.scenario, file } }
}

/** The example as it would be with its strategy as described changed. */
function described(change: (each: PlannedStrategy) => Partial<PlannedStrategy>): Result {
  const strategies = lkml.strategies.map((each) =>
    each.applies && each.id === 'as-described' ? { ...each, ...change(each) } : each,
  )
  return { ...lkml, strategies }
}

const level = (name: PlannedStrategy['risk']['level']): Result =>
  described(({ risk }) => ({ risk: { ...risk, level: name, hostLevel: name } }))

const stopped = described(({ memory }) => ({
  memory: { ...memory, commit: { ...memory.commit, granted: false } },
}))

const [threads] = lkml.strategies.filter((each) => each.applies && each.id === 'threads') as [
  PlannedStrategy,
]

const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)

it('prints one table, then how many scenarios come to what', () => {
  expect(fleet([inFile('a/oracle.yaml'), inFile('a/safe.yaml', level('safe'))], 0, ink)).toBe(
    `\
Scenario  Page tables  Share    Headroom  Risk  To do
oracle      880.9 GiB  172 %  -677.8 GiB  oom   huge pages
safe        880.9 GiB  172 %  -677.8 GiB  safe  huge pages
Every screen: --details

2 scenarios: 1 oom, 1 safe.
`,
  )
})

describe('the last line', () => {
  it('counts from the worst, and scenarios without a result last', () => {
    const results = [{ ...lkml, strategies: [] }, stopped, lkml, lkml, level('swapping')].concat(
      level('tight'),
      level('safe'),
    )
    expect(lastOf(fleet(results, 3, { ...ink, width: 100 }))).toBe(
      '10 scenarios: 1 unknown, 1 no start, 2 oom, 1 swapping, 1 tight, 1 safe, 3 without a result.',
    )
  })

  it('comes after the verdicts of those that have gates, if a gate fails', () => {
    const passed = { ...lkmlGated, gates: lkmlGated.gates.slice(1, 2), verdict: 'pass' as const }
    const text = fleet([lkmlGated, passed, passed, lkml], 0, ink)
    expect(text.split('\n').slice(-4)).toEqual([
      ...['Scenarios with gates: 1 failed, 2 passed.', '', '4 scenarios: 4 oom.', ''],
    ])
    expect(fleet([lkmlGated, lkml], 0, ink)).toContain('\nScenarios with gates: 1 failed.\n')
    expect(fleet([passed, lkml], 0, ink)).not.toContain('gates')
  })
})

describe('below the table', () => {
  it('is a line for each gate that fails, as check prints it', () => {
    const text = fleet([inFile('sga.yaml', lkmlGated), inFile('other.yaml')], 0, ink)
    expect(text.split('\n\n')[1]).toBe(`\
FAIL  sga.yaml  risk                            oom  at most tight
FAIL  sga.yaml  headroom of hugetlb-2m  not planned  at least 1.0 GiB
Scenarios with gates: 1 failed.`)
  })

  it('are the meanings of the marks that occur', () => {
    const { pageTables, memory, risk } = threads
    const withoutMshare = { pageTables, memory, risk }
    const mshare = { ...described(() => ({ status: 'proposed' })), withoutMshare }
    const cgroup = described(({ risk }) => ({ risk: { ...risk, hostLevel: 'safe' } }))
    const more = ' Every screen: --details'
    const footnotes = (...results: Result[]) =>
      fleet(results, 0, { ...ink, width: 500 }).split('\n')[results.length + 1]
    expect(footnotes(lkml, mshare, mshare)).toBe(
      `* only with mshare, which is in no released kernel. Without it: 2 safe.${more}`,
    )
    expect(footnotes(lkml, cgroup)).toBe(`† in a cgroup.${more}`)
    expect(footnotes(randomCase())).toBe(
      `~ expected: chance decides which pages are touched.${more}`,
    )
    expect(footnotes(stopped)).toBe(`no start: the figures apply once it starts.${more}`)
    expect(footnotes(lkml)).toBe(more.trim())
  })
})

it('keeps a footnote on one line where it fits', () => {
  const cgroup = described(({ risk }) => ({ risk: { ...risk, hostLevel: 'safe' } }))
  const text = fleet([cgroup, randomCase(), stopped], 0, { ...ink, width: 70 })
  expect(text.split('\n').slice(-5)).toEqual([
    '† in a cgroup. ~ expected: chance decides which pages are touched.',
    'no start: the figures apply once it starts. Every screen: --details',
    '',
    '3 scenarios: 1 no start, 2 oom.',
    '',
  ])
})

it.each([60, 80, 140])('is at most %i columns wide', (width) => {
  const results = [lkml, lkmlGated, stopped, randomCase()].map((result, index) =>
    inFile(`hosts/${'long-'.repeat(20)}${index}.yaml`, result),
  )
  const lines = fleet(results, 2, { ...ink, width }).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width)
})

it('of 1,000 scenarios has 1,000 lines, and the rows do not know of each other', () => {
  const results = Array.from({ length: 1000 }, (_, index) => inFile(`hosts/${index}/db.yaml`))
  const lines = fleet(results, 0, ink).split('\n')
  expect(lines[1000]).toMatch(/^999\/db +880\.9 GiB/)
  expect(lastOf(lines.join('\n'))).toBe('1,000 scenarios: 1,000 oom.')
})

describe('scenarios of one file', () => {
  const inLine = (line: number, name: string): Result => ({
    ...lkml,
    scenario: { name, file: 'fleet.ndjson', fingerprint: '', ...(line === 1 ? {} : { line }) },
  })
  const labels = (...results: Result[]) =>
    fleet(results, 0, ink)
      .split('\n')
      .slice(1, results.length + 1)
      .map((row) => row.split(' ')[0])

  it('have their names, and files of their own stay files', () => {
    expect(labels(inLine(1, 'web'), inLine(2, 'db'), inFile('a/sga.yaml'))).toEqual([
      ...['web', 'db', 'sga'],
    ])
  })

  it('have their lines too where two are called the same', () => {
    expect(labels(inLine(1, 'db'), inLine(2, 'db'), inLine(3, 'web'))).toEqual([
      ...['db:1', 'db:2', 'web'],
    ])
  })
})
