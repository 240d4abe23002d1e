import { describe, expect, it } from 'vitest'
import { isMonotone } from '../../../src/plan/ranges/monotone.ts'
import { askedOf, rangedIn } from './planned-ranges.ts'

/** Whether the only range of a scenario has a rule under a strategy. */
function hasRule(text: string, id = 'as-described'): boolean {
  const { inputs, read } = askedOf(rangedIn(text))
  const reading = read(
    inputs.map(({ range }) => (range.kind === 'interval' ? range.to : range.p50)),
  )
  const [input] = inputs
  if (!reading.ok || input === undefined) throw new RangeError('not read')
  return isMonotone(input, reading.workload, id)
}

const server = (parts: Readonly<Record<string, string>> = {}): string => `
version: 1
host: { memory: ${parts['memory'] ?? '64 GB'}${parts['host'] ?? ''} }
regions: { pool: { size: ${parts['size'] ?? '1 GB'}${parts['region'] ?? ''} }, other: { size: 1 GB } }
groups: { a: { processes: ${parts['processes'] ?? '10'}, maps: [{ region: pool, touched: ${parts['touched'] ?? 'all'} }${parts['maps'] ?? ''}] } }
`

describe('by rule, the ends are the bounds', () => {
  it('of processes, but where a cgroup is charged by who comes first', () => {
    const processes = '{ from: 1, to: 5 }'
    expect(hasRule(server({ processes }))).toBe(true)
    const host = ', cgroups: { x: { limit: 1 GB } }'
    expect(hasRule(server({ processes, host }))).toBe(false)
  })

  it('of processes, but where huge pages may give way to base pages', () => {
    const [processes, region] = [
      '{ from: 1, to: 5 }',
      ', backing: memfd, pageSize: 2 MiB, fallback: mixed',
    ]
    expect(hasRule(server({ processes, region }))).toBe(false)
    expect(hasRule(server({ processes, region }), 'mshare')).toBe(true)
  })

  it('of a size on base pages, unless another mapping moves with it', () => {
    const size = '{ from: 1 GB, to: 5 GB }'
    expect(hasRule(server({ size }))).toBe(true)
    expect(hasRule(server({ size }), 'hugetlb-2m')).toBe(false)
    expect(hasRule(server({ size }), 'thp-2m')).toBe(false)
    expect(hasRule(server({ size, maps: ', { region: other }' }))).toBe(false)
    expect(hasRule(server({ size, touched: '40%' }))).toBe(false)
    expect(hasRule(server({ size, region: ', thp: true' }))).toBe(false)
  })

  it('of memory, unless a zone comes with it', () => {
    expect(hasRule(server({ memory: '{ from: 64 GB, to: 128 GB }' }))).toBe(true)
    expect(hasRule(server({ memory: '{ from: 3 GB, to: 5 GB }' }))).toBe(false)
    expect(hasRule(server({ memory: '{ from: 3 GB, to: 5 GB }', host: ', minFree: 64 MB' }))).toBe(
      true,
    )
  })

  it('of the share that is touched, and not of the distance of touched pages', () => {
    expect(hasRule(server({ touched: '{ from: 1%, to: 50% }' }))).toBe(true)
    expect(hasRule(server({ touched: '{ first: { from: 1%, to: 50% } }' }))).toBe(true)
    const accesses = '{ zipf: { exponent: 1.1, accesses: { from: 1e3, to: 1e5 } } }'
    expect(hasRule(server({ touched: accesses }))).toBe(true)
    expect(hasRule(server({ touched: '{ every: { from: 1 MiB, to: 4 MiB } }' }))).toBe(false)
  })

  it('of the pool only where a strategy does not use it', () => {
    const host = ', hugepages: { 2 MiB: { from: 1, to: 900 } }'
    expect(hasRule(server({ host }))).toBe(false)
    expect(hasRule(server({ host }), 'hugetlb-2m')).toBe(true)
  })
})
