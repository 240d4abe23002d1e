import type { PageRange, TouchSet } from '../../space/touch-set.ts'
import type { Mapping } from '../../workload/group.ts'

/**
 * Keys of `touched`, in order, once a mapping is longer or shorter: a percentage or `first` of another
 * length would be other pages. Pages are counted, in base pages.
 * @returns none where the text means the same at any length: all of it, a page at each multiple, or as
 * many accesses by rank.
 */
export function touchedKeys({ touched, length }: Mapping): readonly (readonly [string, string])[] {
  switch (touched.kind) {
    case 'every':
    case 'zipf':
      return []
    case 'ranges':
      return rangeKeys(touched.ranges, length)
    case 'random':
      return [['random', counted(touched.drawn)]]
    case 'clusters':
      return clusterKeys(touched, length)
  }
}

function rangeKeys(
  ranges: readonly PageRange[],
  length: number,
): readonly (readonly [string, string])[] {
  const [only, another] = ranges
  if (only !== undefined && another === undefined && only.first === 0) {
    return only.length === length ? [] : [['first', counted(only.length)]]
  }
  const texts = ranges.map((range) =>
    range.length === 1 ? `${range.first}` : `${range.first}-${range.first + range.length - 1}`,
  )
  return texts.length === 0 ? [] : [['pages', texts.join(',')]]
}

/** The last cluster may be shorter than the others. */
function clusterKeys(
  { drawn, clusterPages }: Extract<TouchSet, { readonly kind: 'clusters' }>,
  length: number,
): readonly (readonly [string, string])[] {
  return [
    ['random', counted(Math.min(drawn * clusterPages, length))],
    ['in', counted(clusterPages)],
  ]
}

function counted(pages: number): string {
  return `${pages} pages`
}
