import type { Standing } from '../../plan/result/outlook.ts'

/** The verdict, the first words of the screen. */
export const verdictWords: Readonly<Record<Standing, string>> = {
  'no-start': 'CANNOT START',
  oom: 'OUT OF MEMORY',
  swapping: 'SWAPS',
  tight: 'TIGHT',
  safe: 'SAFE',
}

/** The same inside a sentence: `with half of each: still out of memory`. */
export const standingWords: Readonly<Record<Standing, string>> = {
  'no-start': 'does not start',
  oom: 'out of memory',
  swapping: 'swaps',
  tight: 'tight',
  safe: 'safe',
}

/** The same in a cell of a table. */
export function standingCell(standing: Standing | undefined): string {
  if (standing === undefined) return '-'
  return standing === 'no-start' ? 'no start' : standing
}
