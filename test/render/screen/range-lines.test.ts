import { describe, expect, it } from 'vitest'
import { rangeLines } from '../../../src/render/screen/range-lines.ts'
import { plannedRanges } from '../../plan/ranges/planned-ranges.ts'

const server = (memory: string, processes: string, size = '8 GB', backing = 'memfd'): string => `
version: 1
host: { memory: ${memory} }
regions: { pool: { size: ${size}, backing: ${backing} } }
groups: { backends: { processes: ${processes}, maps: [{ region: pool }] } }
strategies: [as-described]
`

function linesOf(text: string): string {
  const result = plannedRanges(text)
  return rangeLines(result, result.ranges, { color: false, unicode: true, width: 80 }).join(' ')
}

describe('the lines of ranges', () => {
  it('say what the ends come to, and that the worst is planned', () => {
    expect(linesOf(server('16 GB', '{ from: 100, to: 700 }'))).toMatch(
      /^Ranges: groups.backends.processes 100 to 700. Safe at best, out of memory at worst: page tables 1.6 GiB to 11.1 GiB, headroom -3.2 GiB to 6.3 GiB. The worst is planned here.$/,
    )
  })

  it('name one level where the risk is always the same', () => {
    expect(linesOf(server('16 GB', '{ from: 1, to: 2 }'))).toContain('Safe with any of them: ')
  })

  it('say where bounds were searched', () => {
    const text = server('64 GB', '3', '{ from: 1 GB, to: 3 GB }', 'memfd, thp: true')
    expect(linesOf(text)).toContain('Values between the ends were searched: a few may go further.')
  })

  it('say how likely each level is', () => {
    expect(linesOf(server('16 GB', '{ p50: 300, p95: 500 }'))).toMatch(
      /one time in 20. Chances: safe \d\d\.\d %, tight \d\d\.\d % and out of memory \d\.\d %. The median is planned here. One time in 20, page tables exceed 7.9 GiB; /,
    )
  })
})

const mapped = 'maps: [{ region: pool }]'
const anchored = (groups: string): string => `
version: 1
host: { memory: 64 GB }
regions: { pool: { size: 1 GB } }
groups: ${groups}
strategies: [as-described]
`

it('values of one anchor are one range, and all of them are named', () => {
  const two = `{ a: { processes: &n { from: 1, to: 9 }, ${mapped} }, b: { processes: *n, ${mapped} } }`
  expect(linesOf(anchored(two))).toContain(
    'Ranges: groups.a.processes and groups.b.processes alike, 1 to 9. ',
  )
  const more = ['b', 'c', 'd', 'e', 'f'].map((name) => `${name}: { processes: *n, ${mapped} }`)
  const six = `{ a: { processes: &n { from: 1, to: 9 }, ${mapped} }, ${more.join(', ')} }`
  expect(linesOf(anchored(six))).toContain('groups.d.processes and 2 more alike, 1 to 9. ')
})

it('a share is never over 100 %', () => {
  const share = (p95: string): string =>
    anchored(
      `{ a: { processes: 2, maps: [{ region: pool, touched: { p50: 40%, p95: ${p95} } }] } }`,
    )
  expect(linesOf(share('100%'))).toContain('touched 40 % in the median, 100 % one time in 20. ')
  expect(linesOf(share('99%'))).toContain('touched 40 % in the median, over 99 % one time in 20. ')
})
