import { displayWidth } from './width.ts'

/** A place on an axis, from 0 to its columns less one, and what is written below it. */
export interface Tick {
  readonly column: number
  readonly label: string
}

/** With the columns of its label: the first, and the one behind the last. */
export interface PlacedTick extends Tick {
  readonly start: number
  readonly end: number
}

/**
 * Ticks with room for their labels, each label centred below its tick as far as the axis reaches. Of
 * two that would touch, the one that comes first in the list stays.
 */
export function placeTicks(ticks: readonly Tick[], columns: number): readonly PlacedTick[] {
  const placed: PlacedTick[] = []
  for (const tick of ticks) {
    const width = displayWidth(tick.label)
    const start = Math.max(0, Math.min(columns - width, tick.column - Math.floor(width / 2)))
    const end = start + width
    const isFree = placed.every((other) => end + gap <= other.start || other.end + gap <= start)
    if (isFree && end <= columns) placed.push({ ...tick, start, end })
  }
  return placed.toSorted((a, b) => a.start - b.start)
}

const gap = 2

/** The labels of placed ticks as one line. */
export function tickLine(placed: readonly PlacedTick[]): string {
  let [line, used] = ['', 0]
  for (const { start, end, label } of placed) {
    line += ' '.repeat(start - used) + label
    used = end
  }
  return line
}

/** 0 and multiples of 1, 2 or 5 times a power of ten, at most `most` beyond 0. */
export function roundSteps(to: number, most: number): readonly number[] {
  const decade = 10 ** Math.floor(Math.log10(to / most))
  const times = [1, 2, 5].find((candidate) => to / (candidate * decade) <= most) ?? 10
  // Divided where it is below 1, so that three tenths are 0.3.
  const multiple = (index: number): number =>
    decade < 1 ? (index * times) / Math.round(1 / decade) : index * times * decade
  return Array.from({ length: Math.floor(to / multiple(1)) + 1 }, (_, index) => multiple(index))
}

/** 0 and multiples of a power of two, at most `most` beyond 0. */
export function binarySteps(to: number, most: number): readonly number[] {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(to / most)))
  return Array.from({ length: Math.floor(to / step) + 1 }, (_, index) => index * step)
}

/** Powers of a base between two numbers, every second one first. */
export function powers(base: number, from: number, to: number): readonly number[] {
  const exponent = (value: number): number => Math.log(value) / Math.log(base)
  const first = Math.ceil(exponent(from) - almost)
  const last = Math.floor(exponent(to) + almost)
  const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  const [even, odd] = [0, 1].map((rest) => all.filter((power) => Math.abs(power % 2) === rest))
  return [...(even ?? []), ...(odd ?? [])].map((power) => base ** power)
}

/** A quotient of logarithms may be a little off a whole number. */
const almost = 1e-9
