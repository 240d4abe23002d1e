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
  return lastWithRoom((place) => ({ holds: holds(place), room: undefined }), last, [guess])
}

/** What is seen at a place. */
export interface Look {
  readonly holds: boolean
  /**
   * What is left there of each thing that may run short, in one order, negative where some is missing;
   * `undefined`: unknown.
   */
  readonly room: readonly number[] | undefined
}

/**
 * The same where the room that is left at a place is known: the lines through two looks say where the
 * first of it is used up. Room that shrinks in straight lines needs two looks beyond those at the guesses.
 * @param guesses looked at first, in order, as far as they are still in question.
 * @param each about as much room as one place more takes, to guess by before two were looked at.
 */
export function lastWithRoom(
  look: (place: number) => Look,
  last: number,
  guesses: readonly number[],
  each?: number,
): number | undefined {
  let good: Seen = { place: -1, room: undefined }
  let bad: Seen = { place: last + 1, room: undefined }
  let seen: readonly Seen[] = []
  let [steps, halves] = [0, 0]
  const lookAt = (wanted: number): void => {
    const place = Math.min(bad.place - 1, Math.max(good.place + 1, Math.round(wanted)))
    const { holds, room } = look(place)
    const one: Seen = { place, room }
    if (holds) good = one
    else bad = one
    seen = [one, ...seen].slice(0, 2)
  }
  for (const guess of guesses) {
    if (bad.place - good.place > 1) lookAt(guess)
  }
  while (bad.place - good.place > 1) {
    if (good.place < 0 || bad.place > last) {
      lookAt(onwards(good, bad, seen, steps, each))
      steps += 1
    } else {
      halves += 1
      lookAt(between(good, bad, halves))
    }
  }
  return good.place < 0 ? undefined : good.place
}

interface Seen extends Pick<Look, 'room'> {
  readonly place: number
}

/**
 * Away from the side that is known: to where the room ends by two looks, then to the place behind it.
 * Where that does not find the end, in steps that grow; where the same is missing at both, to the best
 * place: nowhere in between is it there.
 */
function onwards(
  good: Seen,
  bad: Seen,
  [one, other]: readonly Seen[],
  steps: number,
  each: number | undefined,
): number {
  if (good.place < 0 && isStuck(one, other)) return 0
  const crossing = other === undefined ? zeroAfter(one, each) : one && zeroOf(one, other)
  const step = crossing !== undefined && steps < mostTrusted ? 1 : 2 ** steps
  if (good.place >= 0) return Math.max(good.place + step, crossing ?? 0)
  return Math.min(bad.place - step, crossing ?? bad.place)
}

/** Where the room of one look ends, if each place takes as much. */
function zeroAfter(one: Seen | undefined, each: number | undefined): number | undefined {
  if (one?.room === undefined || each === undefined || each <= 0) return undefined
  const zero = one.place + Math.floor(Math.min(...one.room) / each)
  return Number.isFinite(zero) ? zero : undefined
}

/** True where as much of something is missing at one place as at the other. */
function isStuck(one: Seen | undefined, other: Seen | undefined): boolean {
  return one?.room?.some((left, index) => left < 0 && left === other?.room?.[index]) ?? false
}

/** So many times the room that is left is trusted to say where to look. */
const mostTrusted = 3

/** To where the room ends by the looks on both sides; every third time in the middle, come what may. */
function between(good: Seen, bad: Seen, halves: number): number {
  const crossing = halves % 3 === 0 ? undefined : zeroOf(good, bad)
  return crossing ?? Math.floor((good.place + bad.place) / 2)
}

/** The last place with room by the lines through two looks; `undefined` where no room shrinks. */
function zeroOf(one: Seen, other: Seen): number | undefined {
  const [best, worst] = one.place < other.place ? [one, other] : [other, one]
  if (best.room === undefined || worst.room?.length !== best.room.length) return undefined
  let first: number | undefined
  for (const [index, left] of best.room.entries()) {
    const shrunk = left - (worst.room[index] ?? left)
    if (shrunk <= 0) continue
    const zero = best.place + ((worst.place - best.place) * left) / shrunk
    if (first === undefined || zero < first) first = zero
  }
  return first === undefined || !Number.isFinite(first) ? undefined : Math.floor(first)
}
