import type { PageRange, TouchSet } from '../../space/touch-set.ts'
import type { Pages } from '../../units/quantity.ts'
import { count, pages } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'

/** True where every page of a mapping is touched. */
export function isAll(touched: TouchSet, length: Pages): boolean {
  return touched.kind === 'ranges' && sumBy(touched.ranges, (range) => range.length) === length
}

/**
 * Half or twice of the pages that a process touches, as far as the mapping reaches; of draws with
 * replacement, of the accesses. Half of given
 * pages are the first ones; twice are ranges twice as long.
 * @param length of the mapping, in pages.
 */
export function touchedTimes(touched: TouchSet, length: Pages, factor: number): TouchSet {
  const scaled = (drawn: number, most: number): number => Math.min(most, Math.ceil(drawn * factor))
  switch (touched.kind) {
    case 'every':
      return { kind: 'every', stride: pages(Math.max(1, Math.round(touched.stride / factor))) }
    case 'random':
      return { kind: 'random', drawn: pages(scaled(touched.drawn, length)) }
    case 'zipf':
      return { ...touched, accesses: count(scaled(touched.accesses, Number.MAX_SAFE_INTEGER)) }
    case 'clusters': {
      const clusters = Math.ceil(length / touched.clusterPages)
      return { ...touched, drawn: count(scaled(touched.drawn, clusters)) }
    }
    case 'ranges': {
      const all = sumBy(touched.ranges, (range) => range.length)
      const ranges =
        factor < 1
          ? firstOf(touched.ranges, Math.ceil(all * factor))
          : longer(touched.ranges, length, factor)
      return { kind: 'ranges', ranges }
    }
  }
}

function firstOf(ranges: readonly PageRange[], wanted: number): readonly PageRange[] {
  const first: PageRange[] = []
  let left = wanted
  for (const range of ranges) {
    if (left === 0) break
    const length = Math.min(left, range.length)
    first.push({ first: range.first, length: pages(length) })
    left -= length
  }
  return first
}

/** Each as far as the next one. */
function longer(
  ranges: readonly PageRange[],
  mapped: number,
  factor: number,
): readonly PageRange[] {
  return ranges.map(({ first, length }, index) => {
    const end = ranges[index + 1]?.first ?? mapped
    return { first, length: pages(Math.min(end - first, Math.ceil(length * factor))) }
  })
}
