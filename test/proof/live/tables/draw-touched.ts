import fc from 'fast-check'
import type { TouchedText } from '../../../../src/scenario/schema/scenario-text.ts'

/** What is drawn about touching, before the mapping is known. */
export interface TouchDraw {
  readonly kind: 'all' | 'none' | 'first' | 'every' | 'pages' | 'ranges' | 'random'
  /** Where things lie and how many there are: fractions of what the mapping allows. */
  readonly numbers: readonly number[]
}

/** A mapping as far as touching goes: lengths in pages. */
export interface TouchRoom {
  readonly length: number
  readonly pageBytes: number
  /** Pages of one huge page, or 1: what a touched page costs in memory. */
  readonly unit: number
  /** Most units touched of a mapping, scattered. */
  readonly most: number
  /** Most units touched of a mapping in one run. */
  readonly mostInRun: number
}

const scale = 2 ** 24

export const anyTouch: fc.Arbitrary<TouchDraw> = fc.record({
  kind: fc.constantFrom<TouchDraw['kind'][]>(
    'all',
    'none',
    'first',
    'every',
    'pages',
    'ranges',
    'random',
  ),
  numbers: fc.array(fc.nat(scale - 1), { minLength: 8, maxLength: 8 }),
})

/** The same pages in every process, unless `random`: then those that process `nth` draws. */
export function touchedText(draw: TouchDraw, room: TouchRoom, nth: number): TouchedText {
  const text = asDrawn(draw, room)
  if (typeof text === 'string' || text.random === undefined) return text
  const count = Number.parseInt(text.random, 10)
  return { pages: drawPages(room.length, count, (draw.numbers[1] ?? 0) + nth).join() }
}

/** As drawn: chance stays chance. */
export function asDrawn(draw: TouchDraw, room: TouchRoom): TouchedText {
  const { length, pageBytes } = room
  const [a = 0, ...rest] = draw.numbers
  const inRun = Math.min(length, room.unit * room.mostInRun)
  switch (draw.kind) {
    case 'none':
      return 'none'
    case 'all':
      return inRun === length ? 'all' : { first: `${inRun * pageBytes} B` }
    case 'first':
      return { first: `${share(a, inRun) * pageBytes} B` }
    case 'every': {
      const least = Math.ceil(length / room.most)
      return { every: `${(least + (a % (3 * least))) * pageBytes} B` }
    }
    case 'pages':
      return { pages: listOf([0, length - 1, ...rest.map((one) => place(one, length))], a, room) }
    case 'ranges':
      return { ranges: rangesOf(draw.numbers, room) }
    case 'random':
      return { random: `${share(a, Math.min(length, room.most))} pages` }
  }
}

/** At least one, at most `of`. */
function share(number: number, of: number): number {
  return 1 + (number % of)
}

/** An index below `length`. */
function place(number: number, length: number): number {
  return Math.floor((number * length) / scale)
}

function listOf(pages: readonly number[], take: number, { most }: TouchRoom): string {
  const first = take % pages.length
  return pages.slice(first, first + most).join() || '0'
}

function rangesOf(numbers: readonly number[], room: TouchRoom) {
  const count = share(numbers[0] ?? 0, Math.min(3, room.most))
  return Array.from({ length: count }, (_, i) => {
    const from = place(numbers[2 * i + 1] ?? 0, room.length)
    const units = Math.min(2, room.most) * room.unit
    const longest = Math.min(room.length - from, units - (from % room.unit))
    const run = share(numbers[2 * i + 2] ?? 0, longest)
    return { offset: `${from * room.pageBytes} B`, length: `${run * room.pageBytes} B` }
  })
}

/** Distinct pages, the same ones for the same seed: Park and Miller's generator. */
function drawPages(length: number, count: number, seed: number): readonly number[] {
  const drawn = new Set<number>()
  let state = 1 + seed
  while (drawn.size < count) {
    state = (state * 48271) % 2147483647
    drawn.add(Math.floor((state / 2147483647) * length))
  }
  return [...drawn].sort((a, b) => a - b)
}
