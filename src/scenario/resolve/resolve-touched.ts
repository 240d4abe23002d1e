import type { PageRange, TouchSet } from '../../space/touch-set.ts'
import type { Path } from '../../units/path.ts'
import type { Bytes, Pages } from '../../units/quantity.ts'
import { count, pages } from '../../units/quantity.ts'
import { pagesOfShare, parseShare } from '../../units/share.ts'
import { parsePageList } from '../schema/page-list.ts'
import type { TouchedText } from '../schema/scenario-text.ts'
import type { Flaw } from '../yaml/issue.ts'
import type { Desk, Draft } from './desk.ts'
import { complain, resolveSize } from './desk.ts'

/** The mapping whose pages are meant. */
export interface Window {
  readonly desk: Desk
  /** Of `touched`. */
  readonly path: Path
  readonly length: Pages
  readonly pageBytes: Bytes
}

/**
 * The touched pages in their simplest form: ranges sorted, disjoint, merged. What reaches past the
 * mapping or draws more pages than it has is a complaint.
 */
export function resolveTouched(text: Draft<TouchedText> | undefined, window: Window): TouchSet {
  if (text === undefined || text === 'all') return ranges([[0, window.length]])
  if (text === 'none') return ranges([])
  if (typeof text === 'string') return randomly(amountOf(text, window, window.path), window)
  if (text.first !== undefined) return ranges([[0, reaching(text.first, 'first', window)]])
  if (text.every !== undefined) return atEvery(text.every, window)
  if (text.pages !== undefined) return listed(text.pages, window)
  if (text.ranges !== undefined) return inRanges(text.ranges, window)
  if (text.random === undefined) return ranges([])
  const drawn = reaching(text.random, 'random', window)
  return text.in === undefined ? randomly(drawn, window) : inClusters(drawn, text.in, window)
}

/** From a page up to, but without, a page. */
type Stretch = readonly [from: number, to: number]

function ranges(stretches: readonly Stretch[]): TouchSet {
  return { kind: 'ranges', ranges: merged(stretches) }
}

/** Sorted, disjoint, neighbours joined, none empty. */
function merged(stretches: readonly Stretch[]): readonly PageRange[] {
  const joined: [number, number][] = []
  const sorted = stretches.filter(([from, to]) => from < to).toSorted((a, b) => a[0] - b[0])
  for (const [from, to] of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined.map(([from, to]) => ({ first: pages(from), length: pages(to - from) }))
}

function randomly(drawn: number, { length }: Window): TouchSet {
  if (drawn === 0) return ranges([])
  return drawn === length ? ranges([[0, length]]) : { kind: 'random', drawn: pages(drawn) }
}

/** As many clusters as hold so many pages; clusters of a page or less are single pages. */
function inClusters(drawn: number, text: string, window: Window): TouchSet {
  const { desk, length, pageBytes } = window
  const path = [...window.path, 'in']
  const size = resolveSize(desk, text, path, pageBytes)
  if (size === undefined) return ranges([])
  const clusterPages = Math.ceil(size / pageBytes)
  if (size === 0 || clusterPages > length) {
    complain(desk, path, clusterFlaw(text, clusterPages, window))
    return ranges([])
  }
  const clusters = Math.ceil(drawn / clusterPages)
  if (clusterPages === 1 || clusters === Math.ceil(length / clusterPages)) {
    return randomly(clusterPages === 1 ? drawn : length, window)
  }
  return clusters === 0
    ? ranges([])
    : { kind: 'clusters', drawn: count(clusters), clusterPages: pages(clusterPages) }
}

function clusterFlaw(text: string, clusterPages: number, { length }: Window): Flaw {
  if (clusterPages === 0) {
    return {
      message: 'a cluster of 0 B',
      expected: 'at least one page',
      suggestion: 'write `in: 1 MiB`, or leave `in` out to draw single pages',
    }
  }
  return {
    message: `a cluster of \`${text}\` is larger than the mapping: ${pagesText(clusterPages)} of ${length}`,
    expected: `at most ${pagesText(length)}`,
    suggestion: 'write `all`, or a smaller cluster',
  }
}

function atEvery(text: string, window: Window): TouchSet {
  const path = [...window.path, 'every']
  const size = resolveSize(window.desk, text, path, window.pageBytes)
  if (size === 0) {
    complain(window.desk, path, { message: 'a distance of 0 B', expected: 'at least one page' })
  }
  const stride = Math.ceil((size ?? 0) / window.pageBytes)
  if (stride === 0) return ranges([])
  return stride === 1 ? ranges([[0, window.length]]) : { kind: 'every', stride: pages(stride) }
}

function listed(text: string, window: Window): TouchSet {
  const runs = parsePageList(text) ?? []
  const last = runs.reduce((highest, run) => Math.max(highest, run[1]), -1)
  if (last >= window.length) {
    complain(window.desk, [...window.path, 'pages'], {
      message: `page ${last} is past the mapping, which has ${pagesText(window.length)}`,
      expected: `pages from 0 to ${window.length - 1}`,
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
  window: Window,
): TouchSet {
  return ranges(
    texts.flatMap((range, index): readonly Stretch[] => {
      if (range?.offset === undefined || range.length === undefined) return []
      const path = [...window.path, 'ranges', index]
      const { desk, pageBytes } = window
      const offset = resolveSize(desk, range.offset, [...path, 'offset'], pageBytes)
      const length = resolveSize(desk, range.length, [...path, 'length'], pageBytes)
      if (offset === undefined || length === undefined || length === 0) return []
      return checkedRange(offset, length, path, window)
    }),
  )
}

/** Every page that holds one of the bytes. */
function checkedRange(
  offset: number,
  length: number,
  path: Path,
  window: Window,
): readonly Stretch[] {
  const end = BigInt(offset) + BigInt(length)
  const page = BigInt(window.pageBytes)
  const to = Number((end + page - 1n) / page)
  if (to <= window.length) return [[Math.floor(offset / window.pageBytes), to]]
  complain(window.desk, path, {
    message: `this range ends ${pagesText(to - window.length)} past its mapping`,
    expected: `at most the ${pagesText(window.length)} of the mapping`,
  })
  return []
}

/** So many pages, at most all that the mapping has. */
function reaching(text: string, kind: 'first' | 'random', window: Window): number {
  const path = [...window.path, kind]
  const amount = amountOf(text, window, path)
  if (amount <= window.length) return amount
  const verb = kind === 'first' ? 'reaches past' : 'draws more pages than'
  complain(window.desk, path, {
    message: `\`${text}\` ${verb} the mapping${kind === 'first' ? '' : ' has'}: ${pagesText(amount)} of ${window.length}`,
    expected: `at most ${pagesText(window.length)}`,
  })
  return 0
}

/** A size or a percentage in pages, rounded up. */
function amountOf(text: string, { desk, length, pageBytes }: Window, path: Path): number {
  const share = parseShare(text)
  if (share !== undefined) return pagesOfShare(share, length)
  return Math.ceil((resolveSize(desk, text, path, pageBytes) ?? 0) / pageBytes)
}

function pagesText(amount: number): string {
  return amount === 1 ? '1 page' : `${amount} pages`
}
