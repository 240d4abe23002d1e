import { describe, expect, it } from 'vitest'
import { rangedScenario } from '../../../src/scenario/ranged-scenario.ts'
import { findRanges } from '../../../src/scenario/ranges/find-ranges.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'
import { pathText } from '../../../src/units/path.ts'

function found(text: string) {
  const { root } = readYaml({ file: 'a.yaml', text })
  if (root === undefined) throw new RangeError('no YAML')
  return findRanges(root)
}

function rangesOf(text: string) {
  return found(text).ranges.map(({ places, ...range }) => ({
    places: places.map(pathText),
    ...range,
  }))
}

function flawsOf(range: string) {
  const text = `groups: { a: { processes: ${range} } }`
  return found(text).flaws.map(({ message, expected, spot }) => [
    message,
    expected,
    text.slice(spot.offset, spot.offset + 3),
  ])
}

describe('ranges of a scenario', () => {
  it('are found in the places of counts, sizes and percentages', () => {
    const text = `
host: { memory: { from: 64 GB, to: 128 GB }, hugepages: { 2 MiB: { from: 10, to: 20 } }, reserve: { from: 1 GB, to: 2 GB } }
regions: { sga: { size: { p50: 10 pages, p95: 20 pages } } }
groups: { a: { processes: 1, maps: [{ region: sga, touched: { from: 20%, to: 62.5% } }, { touched: { random: { from: 1%, to: 2% } } }] } }
`
    expect(rangesOf(text)).toEqual([
      { places: ['host.memory'], unit: 'bytes', kind: 'interval', from: 2 ** 36, to: 2 ** 37 },
      { places: ['host.hugepages["2 MiB"]'], unit: 'count', kind: 'interval', from: 10, to: 20 },
      { places: ['host.reserve'], unit: 'bytes', kind: 'interval', from: 2 ** 30, to: 2 ** 31 },
      { places: ['regions.sga.size'], unit: 'pages', kind: 'percentiles', p50: 10, p95: 20 },
      {
        places: ['groups.a.maps[0].touched'],
        ...{ unit: 'percent', kind: 'interval', from: 200_000, to: 625_000 },
      },
      {
        places: ['groups.a.maps[1].touched.random'],
        ...{ unit: 'percent', kind: 'interval', from: 10_000, to: 20_000 },
      },
    ])
  })

  it('are none where a value is a word, an address or the size of a page', () => {
    const text = `
host: { memory: 1 GB, kernel: { from: 5, to: 6 }, growth: { from: 1, to: 2 } }
regions: { from: { pageSize: { from: 2 MiB, to: 1 GiB } }, to: { size: 1 GB } }
groups: { __proto__: { processes: 1 } }
`
    expect(found(text)).toMatchObject({ ranges: [], flaws: [] })
  })

  it('are one and the same where they are one anchor', () => {
    const text = `
groups:
  a: { processes: &n { p50: 10, p95: 20 } }
  b: { processes: *n }
  c: { processes: { p50: 10, p95: 20 } }
`
    expect(rangesOf(text).map(({ places }) => places)).toEqual([
      ['groups.a.processes', 'groups.b.processes'],
      ['groups.c.processes'],
    ])
  })

  it('have a flaw at its place, with what to write', () => {
    const forms = '`{ from: 100, to: 3000 }` or `{ p50: 100, p95: 3000 }`'
    const ends =
      'a count below 2^53, a size with a unit such as `300 GB`, or a percentage such as `40%`'
    expect(flawsOf('{ from: 30, to: 10 }')).toEqual([
      ['`from` is more than `to`', 'the smaller value first', '30,'],
    ])
    expect(flawsOf('{ p50: 30, p95: 10 }')[0]?.[0]).toBe('`p50` is more than `p95`')
    expect(flawsOf('{ from: 30 }')).toEqual([['the range has no `to`', forms, '{ f']])
    expect(flawsOf('{ p95: 30 }')[0]?.[0]).toBe('the range has no `p50`')
    expect(flawsOf('{ from: 1, to: 2, p50: 1 }')[0]?.[0]).toContain('not both')
    expect(flawsOf('{ from: 10%, to: 1 GB }')).toEqual([
      ['the range begins and ends in different units', 'the same unit on both sides', '1 G'],
    ])
    expect(flawsOf('{ from: many, to: 1 GB }')).toEqual([
      ['`many` cannot be an end of a range', ends, 'man'],
    ])
    expect(flawsOf('{ from: , to: 1 GB }')[0]?.[0]).toBe('`from` has no value')
    expect(flawsOf('{ from: [1], to: 2 }')[0]?.[0]).toBe('`{…}` cannot be an end of a range')
  })
})

describe('a misspelt key of a range', () => {
  const suggested = (range: string) => {
    const text = `groups: { a: { processes: 1, maps: [{ region: p, touched: ${range} }] } }`
    return found(text).flaws.map(({ message, suggestion }) => [message, suggestion])
  }

  it('is named at its place', () => {
    expect(flawsOf('{ p50: 3, p99: 500 }').map(([message, , at]) => [message, at])).toEqual([
      ['a range has no key `p99`', 'p99'],
    ])
    expect(flawsOf('{ from: 3, until: 500 }').map(([message, , at]) => [message, at])).toEqual([
      ['a range has no key `until`', 'unt'],
    ])
  })

  it('has a suggestion, where a set of pages may be as well', () => {
    expect(suggested('{ frm: 1%, to: 3% }')).toEqual([
      ['a range has no key `frm`', 'did you mean `from`?'],
    ])
    expect(suggested('{ p50: 1%, p90: 3% }')).toEqual([
      ['a range has no key `p90`', 'did you mean `p95`?'],
    ])
    expect(suggested('{ first: 1%, to: 3% }')).toEqual([])
  })

  it('is a name where names are free', () => {
    expect(found('host: { reserve: { to: 1 GB, fro: 2 GB } }').flaws).toEqual([])
  })
})

it('are 32 at most, where one anchor counts once', () => {
  const text = (count: number, value: string) =>
    `groups: { ${Array.from({ length: count }, (_, index) => `g${index}: { processes: ${value} }`).join(', ')} }`
  const range = '{ from: 1, to: 2 }'
  expect(found(text(32, range)).flaws).toEqual([])
  expect(found(text(33, range)).flaws).toMatchObject([
    { message: 'the scenario has 33 ranges', path: ['groups', 'g32', 'processes'] },
  ])
  const one = `groups: { a: { processes: &n ${range} }, ${text(40, '*n').slice(10)}`
  expect(found(one)).toMatchObject({ flaws: [], ranges: [{ unit: 'count' }] })
})

describe('a scenario with ranges', () => {
  const text = `
version: 1
host: { memory: 64 GB }
regions: { pool: { size: 1 GB } }
groups: { a: { processes: { from: 10, to: 20 }, maps: [{ region: pool, touched: { first: { from: 10%, to: 20% } } }] } }
`

  it('is the scenario with a value of each in its place', () => {
    const ranged = rangedScenario(text, 'a.yaml')
    const reading = ranged?.ok ? ranged.at([15, 150_000]) : undefined
    expect(reading).toMatchObject({
      ok: true,
      workload: {
        groups: [
          { processes: 15, maps: [{ touched: { ranges: [{ first: 0, length: 39_322 }] } }] },
        ],
      },
    })
  })

  it('may have them from the command line, and loses those that are replaced', () => {
    const one = rangedScenario(text, 'a.yaml', [
      { path: 'groups.a.processes', value: '5' },
      { path: 'host.memory', value: '{ from: 1 GB, to: 2 GB }' },
    ])
    expect(one).toMatchObject({ ok: true, ranges: [{ unit: 'bytes' }, { unit: 'percent' }] })
  })

  it('says where a value of the command line is wrong', () => {
    const overrides = [{ path: 'groups.a.processes', value: '{ from: 9, to: 5 }' }]
    expect(rangedScenario(text, 'a.yaml', overrides)).toMatchObject({
      ok: false,
      issues: [{ file: '--set', column: 28, message: '`from` is more than `to`' }],
    })
  })

  it('is none where no value is a range', () => {
    expect(rangedScenario('version: 1', 'a.yaml')).toBeUndefined()
    expect(rangedScenario('{', 'a.yaml')).toBeUndefined()
  })
})
