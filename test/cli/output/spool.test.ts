import { describe, expect, it } from 'vitest'
import { compareRanks, spoolOf } from '../../../src/cli/output/spool.ts'
import { fakeWorld } from '../fake-world.ts'

const { world } = fakeWorld()

it('gives texts back in the order of their ranks, equal ones as they came', () => {
  const spool = spoolOf(world)
  for (const [rank, text] of [
    [1, 'b'],
    [0, 'a'],
    [1, 'c'],
    [0, 'é'],
  ] as const) {
    expect(spool.add([rank, 5], text)).toBeUndefined()
  }
  expect([...spool.texts()]).toEqual(['a', 'é', 'b', 'c'])
})

it('compares ranks number by number', () => {
  expect(compareRanks([0, 2], [0, 1])).toBeGreaterThan(0)
  expect(compareRanks([-0.5], [0.5])).toBeLessThan(0)
  expect(compareRanks([1], [1, 0])).toBeLessThan(0)
  expect(compareRanks([], [])).toBe(0)
})

describe('texts that are too many for memory', () => {
  const long = 'ü'.repeat(2 ** 21)

  it('go to scratch and come back as they were, several times', () => {
    let opened = 0
    let closed = 0
    const bytes: Uint8Array[] = []
    const spool = spoolOf({
      openScratch: () => {
        opened += 1
        return {
          ok: true,
          append: (more) => void bytes.push(more),
          read: (offset, length) => Buffer.concat(bytes).subarray(offset, offset + length),
          close: () => {
            closed += 1
          },
        }
      },
    })
    expect([2, 0, 1].map((rank) => spool.add([rank], `${rank}${long}`))).toEqual([
      ...[undefined, undefined, undefined],
    ])
    spool.add([-1], 'first')
    for (let time = 0; time < 2; time += 1) {
      expect([...spool.texts()].map((text) => [text.at(0), text.length])).toEqual([
        ['f', 5],
        ...['0', '1', '2'].map((digit) => [digit, long.length + 1]),
      ])
    }
    spool.close()
    expect([opened, closed]).toEqual([1, 1])
  })

  it('are refused where there is no room for them', () => {
    const full = { ok: false, path: '/tmp', reason: 'failed', detail: 'ENOSPC' } as const
    const spool = spoolOf({ openScratch: () => full })
    expect(spool.add([0], long)).toBeUndefined()
    expect(spool.add([0], `${long} and more`)).toBe(full)
  })
})
