import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import { stretchesOf } from '../../src/space/stretch.ts'
import { clusters, every, random, range } from '../build.ts'

/** Spans of 4 pages: 0 to 3, 4 to 7, 8 to 11, 12 to 15. */
const reach = 4

/** A mapping of pages 2 to 13, all of them touched. */
const mapping: Access = { first: 2, pages: 12, touched: range(0, 12), draws: 1, counts: 'all' }

const stretches = (more: Partial<Access>) => stretchesOf({ ...mapping, ...more }, reach)
const runs = (more: Partial<Access>) => stretches(more).map(({ from, to }) => [from, to])

describe('pages 2 to 13 reach', () => {
  it('spans 0 to 3', () => {
    expect(stretches({})).toEqual([{ kind: 'certain', from: 0, to: 4 }])
  })

  it('spans 1 and 2 whole', () => {
    expect(runs({ counts: 'whole' })).toEqual([[1, 3]])
  })

  it('spans 0 and 3 in part', () => {
    expect(runs({ counts: 'edges' })).toEqual([
      [0, 1],
      [3, 4],
    ])
  })

  it('no span that lies in a hole', () => {
    expect(runs({ holes: [{ from: 3, to: 9 }] })).toEqual([
      [0, 1],
      [2, 4],
    ])
  })

  it('fewer spans where only a part of the mapping counts', () => {
    expect(runs({ within: { from: 4, to: 8 } })).toEqual([[1, 2]])
  })
})

describe('one page at each multiple', () => {
  it('of a span or less skips no span', () => {
    // Pages 2, 6 and 10.
    expect(stretches({ touched: every(4) })).toEqual([{ kind: 'certain', from: 0, to: 3 }])
  })

  it('of more than a span keeps its first page and stride', () => {
    // Pages 2 and 12.
    expect(stretches({ touched: every(10) })).toEqual([
      { kind: 'every', from: 0, to: 4, first: 2, stride: 10 },
    ])
  })
})

describe('drawn at random', () => {
  const chances = (more: Partial<Access>) =>
    stretches(more).map((stretch) => [
      stretch.from,
      stretch.to,
      stretch.kind === 'chance' ? stretch.chance.size : stretch.kind,
    ])

  it('two pages may lie in the head, four in each whole span, two in the tail', () => {
    expect(chances({ touched: random(1) })).toEqual([
      [0, 1, 2],
      [1, 3, 4],
      [3, 4, 2],
    ])
  })

  it('nothing reaches no span', () => {
    expect(stretches({ touched: random(0) })).toEqual([])
  })

  it('clusters of 3 pages meet a whole span in two or three', () => {
    // They begin at 2, 5, 8, 11: span 1 meets those at 2 and 5, span 2 those at 8 and 11.
    expect(chances({ touched: clusters(1, 3) })).toEqual([
      [0, 1, 1],
      [1, 3, 2],
      [3, 4, 1],
    ])
  })

  it('a span cannot be missed where fewer pages lie outside than are drawn', () => {
    const [head, body] = stretches({ touched: random(9) })
    expect(head).toMatchObject({ chance: { size: 2, certain: false } })
    expect(body).toMatchObject({ chance: { size: 4, certain: true, probability: 1 } })
  })
})
