import { append } from '../../space/intervals.ts'
import type { SpanSet } from '../files/spans.ts'
import type { LooseMapping, PrivateRuns } from './observation.ts'
import type { PrivateMappings, Scale } from './space-gathering.ts'

/**
 * Spans of a private mapping that have pages, counted from the first that it reaches, in frames;
 * `undefined` where it cannot be known.
 */
export type FindSpans = (start: number, end: number) => SpanSet | undefined

/** Looks at the private mappings: by pagemap where Rss leaves open in which spans pages are. */
export function privateRuns(privates: PrivateMappings, scale: Scale, find: FindSpans): PrivateRuns {
  const [certain, possible, whole]: [number[], number[], number[]] = [[], [], []]
  const loose: LooseMapping[] = []
  for (let index = 0; index < privates.length; index += 3) {
    // Each process has hundreds of mappings: no list is made for each of them.
    const start = privates[index] ?? 0
    const end = privates[index + 1] ?? 0
    const pages = privates[index + 2] ?? 0
    const first = Math.floor(start / scale.pte)
    const last = Math.floor((end - 1) / scale.pte)
    append(whole, first, last + 1)
    if (pages === 0) continue
    if (first === last) {
      append(certain, first, last + 1)
      append(possible, first, last + 1)
      continue
    }
    const runs = find(start, end)?.runs
    if (runs === undefined) {
      append(possible, first, last + 1)
      const sharesFirst = spanAt(privates, index - 2, -1, scale) === first
      const sharesLast = spanAt(privates, index + 3, 0, scale) === last
      loose.push({ first, last, pages, sharesFirst, sharesLast })
    } else addRuns(certain, possible, runs, first)
  }
  return { certain, possible, whole, loose }
}

function spanAt(privates: PrivateMappings, at: number, shift: number, { pte }: Scale): number {
  return Math.floor(((privates[at] ?? Number.NaN) + shift) / pte)
}

function addRuns(
  certain: number[],
  possible: number[],
  runs: readonly number[],
  first: number,
): void {
  for (let index = 0; index < runs.length; index += 2) {
    const [from, to] = [first + (runs[index] ?? 0), first + (runs[index + 1] ?? 0)]
    append(certain, from, to)
    append(possible, from, to)
  }
}
