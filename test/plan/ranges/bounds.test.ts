import { describe, expect, it } from 'vitest'
import { plannedRanges } from './planned-ranges.ts'

describe('bounds of figures that turn between the ends', () => {
  // 10 GiB and 11 GiB are shared: 10 and 11 pmd tables once. In between the last is each process's own.
  const text = (from: string, to: string) => `
version: 1
host: { memory: 64 GB, hugepages: { 2 MiB: 6000 } }
regions: { pool: { size: { from: ${from}, to: ${to} }, backing: memfd, pageSize: 2 MiB } }
groups: { a: { processes: 100, maps: [{ region: pool }] } }
`

  it('have the private table of a part that nobody shares', () => {
    const [one] = plannedRanges(text('10 GB', '11 GB')).ranges.bounds?.strategies ?? []
    const own = 100 * (160 * 1024 + 2 * 4096)
    // Of 11 tables 10 are shared and one is of each process; of 10 all are shared.
    expect(one?.pageTables).toEqual({
      leastBytes: own + 10 * 4096,
      mostBytes: own + 10 * 4096 + 100 * 4096,
    })
    expect(one?.proven).toBe(false)
  })

  it('begin at the first whole span', () => {
    const [one] = plannedRanges(text('10242 MB', '11 GB')).ranges.bounds?.strategies ?? []
    expect(one?.pageTables.leastBytes).toBe(100 * (160 * 1024 + 2 * 4096) + 11 * 4096)
  })
})

it('a pool that is just large enough has the most headroom: less falls back, more is idle', () => {
  const { ranges } = plannedRanges(`
version: 1
host: { memory: 64 GB, hugepages: { 2 MiB: { from: 100, to: 9000 } } }
regions: { pool: { size: 10 GB, backing: memfd, pageSize: 2 MiB, fallback: base-pages } }
groups: { a: { processes: 100, maps: [{ region: pool }] } }
`)
  const [one] = ranges.bounds?.strategies ?? []
  expect(one).toMatchObject({ id: 'as-described', proven: false, best: { at: [5120] } })
})

it('many ranges are searched from two corners on, with the same bounds', () => {
  const groups = Array.from({ length: 8 }, (_, index) => index)
  const text = (value: (index: number) => string) => `
version: 1
host: { memory: 64 GB }
regions: { pool: { size: 1 GB } }
groups: { ${groups.map((index) => `g${index}: { processes: ${value(index)}, maps: [{ region: pool }] }`).join(', ')} }
strategies: [as-described]
`
  const { bounds } = plannedRanges(text(() => '{ from: 1, to: 5 }')).ranges
  const all = plannedRanges(text((index) => (index === 0 ? '{ from: 5, to: 5 }' : '5'))).ranges
  const none = plannedRanges(text((index) => (index === 0 ? '{ from: 1, to: 1 }' : '1'))).ranges
  expect(bounds?.plans).toBeLessThan(100)
  expect(bounds?.strategies[0]?.pageTables).toEqual({
    leastBytes: none.bounds?.strategies[0]?.pageTables.leastBytes,
    mostBytes: all.bounds?.strategies[0]?.pageTables.mostBytes,
  })
})

it('a strategy not possible at some ends is enclosed from the first values on at which it is', () => {
  const text = (c: string, d: string, touched: string) => `
version: 1
host: { memory: 64 GB, cgroups: { a: { limit: 12 GB }, b: { limit: 20 GB } } }
regions: { sga: { size: 10 GB } }
groups:
  c: { processes: ${c}, cgroup: a, private: 6 MB, maps: [{ region: sga, touched: ${touched} }] }
  d: { processes: ${d}, cgroup: b, private: 6 MB, maps: [{ region: sga }] }
strategies: [mshare]
`
  const whole = text('{ from: 0, to: 400 }', '{ from: 0, to: 300 }', '{ from: 5%, to: 80% }')
  const bounds = plannedRanges(whole).ranges.bounds?.strategies.find(({ id }) => id === 'mshare')
  const plansAt = (c: number, d: number, touched: string) => {
    const { strategies } = plannedRanges(text(`{ from: ${c}, to: ${c} }`, `${d}`, touched))
    return strategies.flatMap((one) => (one.applies && one.id === 'mshare' ? [one] : []))
  }
  expect(plansAt(0, 0, '5%')).toEqual([])
  const plans = [0, 1, 2, 210].flatMap((c) =>
    [0, 1, 150].flatMap((d) => ['5%', '41%'].flatMap((touched) => plansAt(c, d, touched))),
  )
  expect(plans).toHaveLength(22)
  for (const { pageTables, memory } of plans) {
    expect(pageTables.bytes).toBeGreaterThanOrEqual(bounds?.pageTables.leastBytes ?? Number.NaN)
    const { leastBytes, mostBytes } = bounds?.headroom ?? {}
    expect(memory.headroomBytes).toBeGreaterThanOrEqual(leastBytes ?? Number.NaN)
    expect(memory.headroomBytes).toBeLessThanOrEqual(mostBytes ?? Number.NaN)
  }
})
