const share = process.env['LAW_RUNS'] === 'full' ? 1 : 0.1

/** How many cases of a law a run draws: all of them in `npm run proof`, a tenth in `npm test`. */
export function casesToDraw(all: number): number {
  return Math.ceil(all * share)
}
