import type { TouchSet } from '../../../../src/space/touch-set.ts'

/** Runs of pages, in pages. */
export type Run = readonly [first: number, length: number]

/** The pages of a touch set as runs; a random one is drawn beforehand, page by page. */
export function runsOf(touched: TouchSet, length: number): readonly Run[] {
  switch (touched.kind) {
    case 'ranges':
      return touched.ranges.map((range) => [range.first, range.length])
    case 'every': {
      const { stride } = touched
      return Array.from({ length: Math.ceil(length / stride) }, (_, i) => [i * stride, 1])
    }
    case 'random':
    case 'clusters':
    case 'zipf':
      throw new RangeError('which pages are touched is not known')
  }
}
