import { describe, expect, it } from 'vitest'
import { touchedKeys } from '../../../src/plan/advice/touched-changes.ts'
import { applied, resultOfText } from './applied.ts'

/** A pool of PostgreSQL that is 5,760 MiB as written, and more as the server asks for it. */
const scenario = (touched: unknown) =>
  JSON.stringify({
    version: 1,
    host: { memory: '4 GiB' },
    regions: {
      buffers: {
        size: '5760 MiB',
        backing: 'sysv-shm',
        pageSize: '2 MiB',
        fallback: 'base-pages',
        program: 'postgresql',
      },
    },
    groups: {
      clients: { processes: 2, maps: [{ region: 'buffers', touched }] },
      writer: { processes: 1, maps: [{ region: 'buffers' }] },
    },
  })

describe('what a mapping touches, once it is longer', () => {
  it.each([
    ['its first part', { first: '40%' }],
    ['pages by number', { pages: '0,5,700-900' }],
    ['pages at random, as a share', '7%'],
    ['pages at random, by number', { random: '1000 pages' }],
    ['clusters', { random: '40%', in: '1 MiB' }],
    ['accesses by rank', { zipf: { exponent: 1.1, accesses: 5000 } }],
    ['a page at each multiple', { every: '2 MiB' }],
    ['nothing', 'none'],
  ])('is what the advice was planned with: %s', (_what, touched) => {
    const text = scenario(touched)
    const { advice } = resultOfText(text)
    expect(advice.length).toBeGreaterThan(0)
    for (const each of advice) {
      const { strategies } = resultOfText(applied(text, each))
      const found = strategies.find(({ id }) => id === 'as-described')
      expect(found?.applies === true && found.pageTables.bytes).toBe(each.pageTableBytes)
    }
  })

  it('needs no word where all of it is touched', () => {
    const { advice } = resultOfText(scenario('all'))
    const paths = advice.flatMap(({ changes }) => changes.map(({ path }) => path))
    expect(paths.filter((path) => path.includes('touched'))).toEqual([])
    expect(paths.filter((path) => path.includes('length'))).not.toEqual([])
  })
})

it('the last cluster may be shorter than the others', () => {
  const mapping = { length: 10, touched: { kind: 'clusters', drawn: 3, clusterPages: 4 } }
  expect(touchedKeys(mapping as Parameters<typeof touchedKeys>[0])).toEqual([
    ['random', '10 pages'],
    ['in', '4 pages'],
  ])
})
