import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StartGathering } from '../../../src/capture/machine/alike-spaces.ts'
import { alikeSpaces } from '../../../src/capture/machine/alike-spaces.ts'
import { gatherSpace } from '../../../src/capture/machine/space-gathering.ts'
import { smapsOf } from '../reading.ts'

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0

const heap = (rss: number): string =>
  smapsOf('00400000-00800000 rw-p 00000000 00:00 0 [heap]', { Size: 4096, Rss: rss, Swap: 4 })
const high = (rss: number): string =>
  smapsOf('50000000-50400000 rw-p 00000000 00:00 0 ', { Size: 4096, Rss: rss })
const shared = smapsOf('40000000-40004000 rw-s 00000000 00:01 7 /dev/zero (deleted)', { Size: 16 })

function gathered(
  start: StartGathering,
  pieces: readonly string[],
  counted = true,
  withSwap = false,
) {
  const { reader, outcome } = start(counted, withSwap)
  for (const piece of pieces) {
    // What comes next is written over it.
    const bytes = new TextEncoder().encode(piece)
    const enough = reader.take(bytes)
    bytes.fill(0)
    if (enough) break
  }
  reader.end()
  return outcome()
}

const plainly: StartGathering = (...how) => gatherSpace(...how, (text) => text)

it('knows a text again, and gives the very same result', () => {
  const start = alikeSpaces(isSame)
  const first = gathered(start, [heap(8) + shared])
  expect(first).toEqual(gathered(plainly, [heap(8) + shared]))
  expect(gathered(start, [heap(12) + shared])).toEqual(gathered(plainly, [heap(12) + shared]))
  expect(gathered(start, [heap(8) + shared])).toBe(first)
})

it('knows a text again in whatever pieces it comes', () => {
  const start = alikeSpaces(isSame)
  // They differ in their last mapping, and one ends before it.
  const [one, other] = [shared + high(8), shared + high(12)]
  const known = new Map([one, other, shared].map((text) => [text, gathered(start, [text])]))
  for (let at = 0; at <= other.length; at += 7) {
    for (const [text, first] of known) {
      const pieces = [text.slice(0, at), text.slice(at, at + 100), text.slice(at + 100)]
      expect(gathered(start, pieces)).toBe(first)
      expect(gathered(start, [text.slice(0, at), text.slice(at)])).toBe(first)
    }
  }
})

it('gives what reading each text gives, however they are cut, also where they end too early', () => {
  const mapping = fc.oneof(
    fc.nat(9).map((pages) => heap(4 * pages)),
    fc.constant(shared),
  )
  const text = fc
    .tuple(fc.array(mapping, { maxLength: 4 }), fc.option(fc.nat(3000)))
    .map(([mappings, length]) => mappings.join('').slice(0, length ?? undefined))
  const cuts = fc.array(fc.nat(3000), { maxLength: 3 })
  const texts = fc.array(fc.tuple(text, cuts), { minLength: 2, maxLength: 20 })
  fc.assert(
    fc.property(texts, (all) => {
      const start = alikeSpaces(isSame)
      for (const [whole, places] of [...all, ...all]) {
        const edges = [0, ...places.toSorted((a, b) => a - b), Number.POSITIVE_INFINITY]
        const pieces = edges.slice(1).map((edge, index) => whole.slice(edges[index], edge))
        expect(gathered(start, pieces)).toEqual(gathered(plainly, [whole]))
      }
    }),
    { numRuns: 50 },
  )
})

it('reads anew what is read for more, and a text that only begins like one that is known', () => {
  const start = alikeSpaces(isSame)
  const first = gathered(start, [heap(8)])
  const withSwap = gathered(start, [heap(8)], true, true)
  expect(withSwap).toEqual(gathered(plainly, [heap(8)], true, true))
  expect(withSwap).not.toEqual(first)
  const longer = gathered(start, [heap(8), shared])
  expect(longer).toEqual(gathered(plainly, [heap(8), shared]))
  expect(gathered(start, [heap(8), shared])).toEqual(longer)
  expect(gathered(start, [])).toEqual(gathered(plainly, []))
})

it('knows what is wrong with a text again', () => {
  const start = alikeSpaces(isSame)
  const broken = `${heap(8)}rubbish\n${shared}`
  const first = gathered(start, [broken])
  expect(first).toHaveProperty('fault.kind', 'strange-line')
  expect(gathered(start, [broken])).toBe(first)
  expect(gathered(start, [broken, shared])).toEqual(first)
})

it('keeps the latest of many texts, shorter and longer ones', () => {
  const start = alikeSpaces(isSame)
  const texts = Array.from({ length: 40 }, (_, index) => heap(4 * index) + shared.repeat(index % 2))
  for (const text of texts) {
    const found = gathered(start, [text])
    expect(found).toEqual(gathered(plainly, [text]))
    expect(gathered(start, [text])).toBe(found)
  }
  expect(gathered(start, [texts[0] ?? ''])).toEqual(gathered(plainly, [texts[0] ?? '']))
})
