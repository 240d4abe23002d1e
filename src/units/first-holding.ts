/**
 * The first whole number from `low` on at which something holds that holds at every later one too; found
 * by halves.
 * @returns `high` where it holds at none before.
 */
export function firstHolding(
  low: number,
  high: number,
  holds: (number: number) => boolean,
): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}
