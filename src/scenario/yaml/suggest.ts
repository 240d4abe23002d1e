import type { Path } from '../../units/path.ts'

/**
 * The candidate that a misspelt word most likely means, or `undefined` where no candidate is near:
 * at most a third of the letters wrong, swapped neighbours counting once, case not at all; or the
 * beginning of it.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longest) return undefined
  const allowed = Math.max(1, Math.floor(word.length / 3))
  let best: string | undefined
  let bestDistance = allowed + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue
    const distance = distanceBetween(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best ?? longerForm(word, candidates)
}

/** True where a path goes through a key that is wrong, or one that is called nearly like it: what is there may be what was meant. */
export function goesThrough(path: Path, wrong: Path): boolean {
  const depth = wrong.length - 1
  const [key, step] = [wrong[depth], path[depth]]
  if (key === undefined || step === undefined) return false
  if (wrong.slice(0, depth).some((one, index) => path[index] !== one)) return false
  return key === step || nearest(String(key), [String(step)]) !== undefined
}

/** `posix` for `posix-shm`; none of several that are as long as each other. */
function longerForm(word: string, candidates: readonly string[]): string | undefined {
  if (word.length < 3) return undefined
  const [shortest, next] = candidates
    .filter((candidate) => candidate.toLowerCase().startsWith(word.toLowerCase()))
    .toSorted((a, b) => a.length - b.length)
  return shortest?.length === next?.length ? undefined : shortest
}

/** Longer words are no spelling mistakes, and cost time. */
const longest = 64

/** Insertions, deletions, replacements and swaps of neighbours: optimal string alignment. */
function distanceBetween(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let row = 1; row <= from.length; row += 1) {
    rows.push([row])
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1)
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const cheapest = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced)
      rows[row]?.push(swapped ? Math.min(cheapest, at(row - 2, column - 2) + 1) : cheapest)
    }
  }
  return at(from.length, to.length)
}
