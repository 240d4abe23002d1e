import { runsOf, union } from '../../space/intervals.ts'
import type { TouchSet } from '../../space/touch-set.ts'
import type { Path } from '../../units/path.ts'
import type { Bytes, Pages } from '../../units/quantity.ts'
import { count, pages } from '../../units/quantity.ts'
import { pagesOfShare, parseShare } from '../../units/share.ts'
import { parsePageList } from '../schema/page-list.ts'
import type { TouchedText, ZipfText } from '../schema/scenario-text.ts'
import type { Flaw } from '../yaml/issue.ts'
import type { DeepPartial, Log } from './section.ts'
import { choiceOf, complain, resolveSize } from './section.ts'

/** The mapping whose pages are meant. */
export interface Extent {
  readonly log: Log
  /** Of `touched`. */
  readonly path: Path
  readonly length: Pages
  readonly pageBytes: Bytes
}

/**
 * The touched pages in their simplest form: ranges sorted, disjoint, merged. What reaches past the
 * mapping or draws more pages than it has is a complaint.
 */
export function resolveTouched(
  text: DeepPartial<TouchedText> | undefined,
  extent: Extent,
): TouchSet {
  if (text === undefined || text === 'all') return ranges([[0, extent.length]])
  if (text === 'none') return ranges([])
  if (typeof text === 'string') return randomly(amountOf(text, extent, extent.path), extent)
  if (text.first !== undefined) return ranges([[0, reaching(text.first, 'first', extent)]])
  if (text.every !== undefined) return atEvery(text.every, extent)
  if (text.pages !== undefined) return listed(text.pages, extent)
  if (text.ranges !== undefined) return inRanges(text.ranges, extent)
  if (text.zipf !== undefined) return byRank(text.zipf, extent)
  if (text.random === undefined) return ranges([])
  const drawn = reaching(text.random, 'random', extent)
  return text.in === undefined ? randomly(drawn, extent) : inClusters(drawn, text.in, extent)
}

/** From a page up to, but without, a page. */
type Run = readonly [from: number, to: number]

function ranges(runs: readonly Run[]): TouchSet {
  const merged = runsOf(union(runs)).map(([from, to]) => ({
    first: pages(from),
    length: pages(to - from),
  }))
  return { kind: 'ranges', ranges: merged }
}

function randomly(drawn: number, { length }: Extent): TouchSet {
  if (drawn === 0) return ranges([])
  return drawn === length ? ranges([[0, length]]) : { kind: 'random', drawn: pages(drawn) }
}

/** The only page of a mapping is hit by every access. */
function byRank(text: DeepPartial<ZipfText>, { log, path, length }: Extent): TouchSet {
  const { exponent, accesses } = text
  const section = { log, path: [...path, 'zipf'], given: text }
  const order = choiceOf(section, 'order', 'in-order', 'default: the first pages are hit most')
  if (exponent === undefined || accesses === undefined) return ranges([])
  if (length === 1) return ranges([[0, 1]])
  return { kind: 'zipf', exponent, accesses: count(accesses), order }
}

/** As many clusters as hold the pages drawn; clusters of a page or less are single pages. */
function inClusters(drawn: number, text: string, extent: Extent): TouchSet {
  const { log, length, pageBytes } = extent
  const path = [...extent.path, 'in']
  const size = resolveSize(log, text, path, pageBytes)
  if (size === undefined) return ranges([])
  const clusterPages = Math.ceil(size / pageBytes)
  if (size === 0 || clusterPages > length) {
    complain(log, path, clusterFlaw(text, clusterPages, extent))
    return ranges([])
  }
  const clusters = Math.ceil(drawn / clusterPages)
  if (clusterPages === 1 || clusters === Math.ceil(length / clusterPages)) {
    return randomly(clusterPages === 1 ? drawn : length, extent)
  }
  return clusters === 0
    ? ranges([])
    : { kind: 'clusters', drawn: count(clusters), clusterPages: pages(clusterPages) }
}

function clusterFlaw(text: string, clusterPages: number, { length }: Extent): Flaw {
  if (clusterPages === 0) {
    return {
      message: 'a cluster cannot be 0 B',
      expected: 'at least one page',
      suggestion: 'write `in: 1 MiB`, or remove `in` to draw single pages',
    }
  }
  return {
    message: `a cluster of \`${text}\` is larger than the mapping: ${pagesText(clusterPages)} of ${length}`,
    expected: `at most ${pagesText(length)}`,
    suggestion: 'write `all` or a smaller cluster',
  }
}

function atEvery(text: string, extent: Extent): TouchSet {
  const path = [...extent.path, 'every']
  const size = resolveSize(extent.log, text, path, extent.pageBytes)
  if (size === 0) {
    complain(extent.log, path, {
      message: 'the distance cannot be 0 B',
      expected: 'at least one page',
    })
  }
  const stride = Math.ceil((size ?? 0) / extent.pageBytes)
  if (stride === 0) return ranges([])
  return stride === 1 ? ranges([[0, extent.length]]) : { kind: 'every', stride: pages(stride) }
}

function listed(text: string, extent: Extent): TouchSet {
  const runs = parsePageList(text) ?? []
  const last = runs.reduce((highest, run) => Math.max(highest, run[1]), -1)
  if (last >= extent.length) {
    complain(extent.log, [...extent.path, 'pages'], {
      message: `page ${last} is past the mapping, which has ${pagesText(extent.length)}`,
      expected: `pages from 0 to ${extent.length - 1}`,
    })
    return ranges([])
  }
  return ranges(runs.map(([first, end]) => [first, end + 1]))
}

function inRanges(
  texts: readonly (
    | { readonly offset?: string | undefined; readonly length?: string | undefined }
    | undefined
  )[],
  extent: Extent,
): TouchSet {
  return ranges(
    texts.flatMap((range, index): readonly Run[] => {
      if (range?.offset === undefined || range.length === undefined) return []
      const path = [...extent.path, 'ranges', index]
      const { log, pageBytes } = extent
      const offset = resolveSize(log, range.offset, [...path, 'offset'], pageBytes)
      const length = resolveSize(log, range.length, [...path, 'length'], pageBytes)
      if (offset === undefined || length === undefined || length === 0) return []
      return checkedRange(offset, length, path, extent)
    }),
  )
}

/** Every page that holds one of the bytes. */
function checkedRange(offset: number, length: number, path: Path, extent: Extent): readonly Run[] {
  const end = BigInt(offset) + BigInt(length)
  const page = BigInt(extent.pageBytes)
  const to = Number((end + page - 1n) / page)
  if (to <= extent.length) return [[Math.floor(offset / extent.pageBytes), to]]
  complain(extent.log, path, {
    message: `this range ends ${pagesText(to - extent.length)} past its mapping`,
    expected: `at most the ${pagesText(extent.length)} of the mapping`,
  })
  return []
}

/** So many pages, at most all that the mapping has. */
function reaching(text: string, kind: 'first' | 'random', extent: Extent): number {
  const path = [...extent.path, kind]
  const amount = amountOf(text, extent, path)
  if (amount <= extent.length) return amount
  const verb = kind === 'first' ? 'reaches past' : 'draws more pages than'
  complain(extent.log, path, {
    message: `\`${text}\` ${verb} the mapping${kind === 'first' ? '' : ' has'}: ${pagesText(amount)} of ${extent.length}`,
    expected: `at most ${pagesText(extent.length)}`,
  })
  return 0
}

/** A size or a percentage in pages, rounded up. */
function amountOf(text: string, { log, length, pageBytes }: Extent, path: Path): number {
  const share = parseShare(text)
  if (share !== undefined) return pagesOfShare(share, length)
  return Math.ceil((resolveSize(log, text, path, pageBytes) ?? 0) / pageBytes)
}

function pagesText(amount: number): string {
  return amount === 1 ? '1 page' : `${amount} pages`
}
