/**
 * The last of the places 0 … `last` at which something holds that holds up to some place and
 * nowhere behind it. Looks first at the guess, then in growing steps away from it, then in halves:
 * a good guess needs two looks.
 * @returns `undefined` where it does not even hold at 0.
 */
export function lastHolding(
  holds: (place: number) => boolean,
  last: number,
  guess: number = Math.floor(last / 2),
): number | undefined {
  let [good, bad] = [-1, last + 1]
  const look = (place: number): void => {
    if (holds(place)) good = place
    else bad = place
  }
  const within = (place: number): number => Math.min(bad - 1, Math.max(good + 1, place))
  look(within(Math.round(guess)))
  const upwards = good >= 0
  for (let step = 1; upwards ? bad > last && good < last : good < 0 && bad > 0; step *= 2) {
    look(within(upwards ? good + step : bad - step))
  }
  while (bad - good > 1) look(Math.floor((good + bad) / 2))
  return good < 0 ? undefined : good
}
