import { describe, expect, it } from 'vitest'
import type { Figures } from '../../../src/plan/ranges/figures.ts'
import { figuresOf } from '../../../src/plan/ranges/figures.ts'
import { stepOf } from '../../../src/plan/ranges/input.ts'
import type { RangesAsked } from '../../../src/plan/ranges/plan-ranged.ts'
import type { Outlook } from '../../../src/plan/result/outlook.ts'
import { outlooks } from '../../../src/plan/result/outlook.ts'
import type { StrategyBounds } from '../../../src/plan/result/what-if/ranges-result.ts'
import { askedOf, plannedRanges, rangedIn } from '../../plan/ranges/planned-ranges.ts'

const isFull = process.env['LAW_RUNS'] === 'full'

/** Each is of another kind: what has a rule, what jumps, what falls back, what somebody else pays. */
const scenarios: readonly (readonly [title: string, text: string])[] = [
  [
    'processes, memory of each and the share that they touch',
    `
version: 1
host: { memory: { from: 60 GB, to: 64 GB } }
regions: { pool: { size: 10 GB } }
groups: { a: { processes: { from: 0, to: 900 }, private: { from: 1 MB, to: 40 MB }, maps: [{ region: pool, touched: { from: 1%, to: 60% } }] } }
`,
  ],
  [
    'accesses by rank, in order and scattered',
    `
version: 1
host: { memory: 64 GB }
regions: { pool: { size: 10 GB }, other: { size: 2 GB } }
groups: { a: { processes: 500, maps: [{ region: pool, touched: { zipf: { exponent: 1.1, accesses: { from: 1e3, to: 1e6 } } } }, { region: other, touched: { zipf: { exponent: 0.9, accesses: { from: 500, to: 2e4 }, order: scattered } } }] } }
`,
  ],
  [
    'the size of a region on huge pages, at an offset',
    `
version: 1
host: { memory: 64 GB, hugepages: { 2 MiB: 9000 } }
regions: { pool: { size: { from: 3 GB, to: 6 GB }, backing: memfd, pageSize: 2 MiB } }
groups: { a: { processes: { from: 1, to: 40 }, maps: [{ region: pool, at: "0x20000000000" }] } }
`,
  ],
  [
    'a region in front of another, through mshare',
    `
version: 1
host: { memory: 700 GB }
regions: { first: { size: { from: 500 GB, to: 515 GB }, mshare: true }, second: { size: 2 GB } }
groups: { a: { processes: { from: 1, to: 9 }, maps: [{ region: first, touched: { first: 1 GB } }, { region: second }] } }
`,
  ],
  [
    'a pool that falls back to base pages',
    `
version: 1
host: { memory: 64 GB, hugepages: { 2 MiB: { from: 500, to: 3000 } } }
regions: { pool: { size: { from: 2 GB, to: 4 GB }, backing: memfd, pageSize: 2 MiB, fallback: mixed } }
groups: { a: { processes: 300, maps: [{ region: pool }] } }
`,
  ],
  [
    'cgroups of which one pays for the other',
    `
version: 1
host: { memory: 64 GB, cgroups: { x: { limit: { from: 2 GB, to: 4 GB } }, y: { limit: 1 GB } } }
regions: { pool: { size: 3 GB } }
groups:
  a: { processes: { from: 0, to: 30 }, cgroup: x, maps: [{ region: pool, touched: 40% }] }
  b: { processes: { from: 1, to: 30 }, cgroup: y, maps: [{ region: pool }] }
`,
  ],
  [
    'copies, threads and distances of touched pages',
    `
version: 1
host: { memory: 64 GB }
regions: { pool: { size: 1 GB, copies: &n { from: 1, to: 5 } } }
groups: { a: { processes: 20, copies: *n, threads: { from: 1, to: 30 }, maps: [{ region: pool, touched: { every: { from: 1 MiB, to: 5 MiB } } }] } }
`,
  ],
]

/** Numbers that look drawn and are the same every time. */
function* drawn(seed: number): Generator<number, never> {
  let state = seed
  for (;;) {
    state = (state * 16_807) % 2_147_483_647
    yield state / 2_147_483_647
  }
}

/** Whether no figure of a plan is outside the bounds of its strategy. */
function isInside({ outcome, standing }: Figures, bounds: StrategyBounds): boolean {
  const { pageTables, memory } = outcome
  const risk = outlooks.indexOf(standing)
  return [
    [pageTables.leastBytes, bounds.pageTables],
    [pageTables.mostBytes, bounds.pageTables],
    [memory.demandBytes, bounds.demand],
    [memory.headroomBytes, bounds.headroom],
    [
      risk,
      {
        leastBytes: outlooks.indexOf(bounds.worst.risk),
        mostBytes: outlooks.indexOf(bounds.best.risk),
      },
    ],
  ].every(isBetween)
}

type Between = readonly [amount: number, bounds: StrategyBounds['demand']]

function isBetween(pair: Between | readonly unknown[]): boolean {
  const [amount, { leastBytes, mostBytes }] = pair as Between
  return leastBytes <= amount && amount <= mostBytes
}

/** Values between the ends that look drawn. */
function* valuesIn(
  { inputs, read }: RangesAsked,
  runs: number,
): Generator<readonly number[], void> {
  const next = drawn(4711)
  const ends = inputs.map(({ range }) => (range.kind === 'interval' ? range : { from: 0, to: 0 }))
  const reading = read(ends.map(({ to }) => to))
  if (!reading.ok) throw new RangeError('the last values are wrong')
  const steps = inputs.map((input) => stepOf(input, reading.workload))
  for (let run = 0; run < runs; run += 1) {
    yield ends.map(({ from, to }, index) => {
      const step = steps[index] ?? 1
      return from + Math.round((next.next().value * (to - from)) / step) * step
    })
  }
}

describe.each(scenarios)('bounds of %s', (_, text) => {
  it('enclose every plan of values between the ends', () => {
    const asked = askedOf(rangedIn(text))
    const bounds = plannedRanges(text).ranges.bounds?.strategies ?? []
    expect(bounds.length).toBeGreaterThan(3)
    const seen = [...valuesIn(asked, isFull ? 400 : 8)].flatMap((ticks) => {
      const reading = asked.read(ticks)
      if (!reading.ok) return []
      return bounds.flatMap((one) => {
        const figures = figuresOf(reading.workload, one.id)
        return figures === undefined ? [] : [{ ticks, one, figures }]
      })
    })
    expect(seen.length).toBeGreaterThan(20)
    expect(seen.filter(({ one, figures }) => !isInside(figures, one))).toEqual([])
  })
})

/** Safe to 270 processes: private memory moves that a little. */
const uncertain = `
version: 1
host: { memory: 512 GB }
regions: { sga: { size: 300 GB } }
groups: { clients: { processes: { p50: 250, p95: 500 }, private: { p50: 6 MB, p95: 90 MB }, maps: [{ region: sga }] } }
strategies: [as-described]
`

/** Two numbers of a normal distribution of two that are evenly spread: Box and Muller's method. */
function normals(u: number, v: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(u))
  return [radius * Math.cos(2 * Math.PI * v), radius * Math.sin(2 * Math.PI * v)]
}

const z95 = 1.6448536269514722

/** What a log-normal value through both percentiles is at a normal number. */
function logNormal(p50: number, p95: number, z: number): number {
  return Math.exp(Math.log(p50) + (Math.log(p95 / p50) * z) / z95)
}

/** Drawn values: private memory of those that have the same number of processes, in ticks. */
function drawnPrivate(samples: number): ReadonlyMap<number, readonly number[]> {
  const next = drawn(12_345)
  const byProcesses = new Map<number, number[]>()
  for (let run = 0; run < samples; run += 1) {
    const [a, b] = normals(next.next().value, next.next().value)
    const processes = Math.round(logNormal(250, 500, a))
    const own = Math.max(1, Math.round(logNormal(6 * 256, 90 * 256, b))) * 4096
    const others = byProcesses.get(processes)
    if (others === undefined) byProcesses.set(processes, [own])
    else others.push(own)
  }
  return byProcesses
}

/**
 * How many of the values, in ascending order, come to each standing. What is between two that come to the
 * same comes to it too: more memory of a process never makes a plan better.
 */
function countStandings(
  values: readonly number[],
  standingAt: (value: number) => Outlook,
  counts: Map<Outlook, number>,
): void {
  const countIn = (from: number, to: number): void => {
    const first = standingAt(values[from] ?? 0)
    if (first === standingAt(values[to - 1] ?? 0)) {
      counts.set(first, (counts.get(first) ?? 0) + to - from)
    } else {
      const middle = Math.floor((from + to) / 2)
      countIn(from, middle)
      countIn(middle, to)
    }
  }
  countIn(0, values.length)
}

it('chances agree with plain random samples, a million of them in the proof, within their error', () => {
  const { read } = askedOf(rangedIn(uncertain))
  const samples = isFull ? 1_000_000 : 4000
  const [one] =
    plannedRanges(uncertain, { sampling: { samples: isFull ? 1024 : 128, seed: 3 } }).ranges.chances
      ?.strategies ?? []
  const counts = new Map<Outlook, number>()
  for (const [processes, own] of drawnPrivate(samples)) {
    const standingAt = (each: number): Outlook => {
      const reading = read([processes, each])
      if (!reading.ok) return 'unplanned'
      return figuresOf(reading.workload, 'as-described')?.standing ?? 'unplanned'
    }
    countStandings(
      own.toSorted((left, right) => left - right),
      standingAt,
      counts,
    )
  }
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(samples)
  expect(one?.risks.length).toBeGreaterThan(2)
  for (const { risk, fraction, errorFraction } of one?.risks ?? []) {
    const plain = (counts.get(risk) ?? 0) / samples
    // What plain samples are off themselves, 999 times in 1000.
    const own = 3.29 * Math.sqrt((fraction * (1 - fraction)) / samples)
    expect(Math.abs(plain - fraction)).toBeLessThan(errorFraction + own)
  }
})
