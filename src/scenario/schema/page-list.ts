/** First and last page of a run, both included. */
export type PageRun = readonly [first: number, last: number]

/**
 * Reads `0,5,7-9`: page numbers and runs, in any order, also repeated, with spaces where one likes.
 * `undefined` where it is no such list: empty, a run backwards, a number past 2^53 − 1.
 */
export function parsePageList(text: string): readonly PageRun[] | undefined {
  const runs: PageRun[] = []
  for (const item of text.split(',')) {
    const match = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(item)
    if (match === null) return undefined
    const first = Number(match[1])
    const last = Number(match[2] ?? match[1])
    if (first > last || last > Number.MAX_SAFE_INTEGER) return undefined
    runs.push([first, last])
  }
  return runs
}
