/** The spans of page tables that a process has touched in a mapping, counted from the first that it reaches. */
export interface WindowSet {
  readonly count: number
  /** From a window up to, but without, a window, one after another: `[0, 3, 7, 8]`. */
  readonly runs: readonly number[]
}

export const noWindows: WindowSet = { count: 0, runs: [] }

/** Windows that a mapping reaches: pages `start` up to `start + pages`, `reach` of them to a window. */
export function windowsOf(start: number, pages: number, reach: number): number {
  return Math.floor((start + pages - 1) / reach) - Math.floor(start / reach) + 1
}

export function allWindows(count: number): WindowSet {
  return { count, runs: [0, count] }
}

/** Windows that one of the sets holds. */
export function unionOf(sets: readonly WindowSet[]): WindowSet {
  const stretches = sets
    .flatMap(({ runs }) => pairs(runs))
    .toSorted((left, right) => left[0] - right[0])
  const runs: number[] = []
  let count = 0
  for (const [from, to] of stretches) {
    const last = runs.at(-1)
    if (last === undefined || from > last) {
      runs.push(from, to)
      count += to - from
    } else if (to > last) {
      runs[runs.length - 1] = to
      count += to - last
    }
  }
  return { count, runs }
}

/** The runs one by one. */
export function pairs(runs: readonly number[]): readonly (readonly [from: number, to: number])[] {
  return Array.from({ length: runs.length / 2 }, (_, index) => [
    runs[2 * index] ?? 0,
    runs[2 * index + 1] ?? 0,
  ])
}

/** Takes windows in ascending order, also one several times over. */
export function windowCollector(): { add: (window: number) => void; set: () => WindowSet } {
  const runs: number[] = []
  let count = 0
  const add = (window: number): void => {
    const end = runs.at(-1)
    if (end !== undefined && window < end) return
    if (end === window) runs[runs.length - 1] = window + 1
    else runs.push(window, window + 1)
    count += 1
  }
  return { add, set: () => ({ count, runs }) }
}

/** Of so many spans that divide the pages of a mapping those in which, on average, one of the drawn pages is. */
export function touchedAtRandom(spans: number, drawn: number, pages: number): number {
  return spans * (1 - (1 - Math.min(1, drawn / pages)) ** (pages / spans))
}

/** A mapping in pages: where it starts, how long it is, and what one of its windows spans. */
interface Mapped {
  readonly start: number
  readonly pages: number
  readonly reach: number
  readonly windows: number
}

/**
 * Windows in which, on average, a page is where whole clusters are drawn, as many as hold the pages.
 * The mapping is cut into clusters from its start: a window that does not begin with one holds a
 * part of another.
 */
export function touchedInClusters(
  { start, pages, reach, windows }: Mapped,
  drawn: number,
  clusterPages: number,
): number {
  const clusters = Math.ceil(pages / clusterPages)
  const taken = Math.min(clusters, Math.ceil(drawn / clusterPages))
  const common = commonDivisor(reach, clusterPages)
  const begins = (start % reach) % common === 0 ? common / clusterPages : 0
  const inWindow = reach / clusterPages + 1 - begins
  return windows * (1 - (1 - taken / clusters) ** inWindow)
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other)
}
