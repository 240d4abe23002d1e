/** A whole number of KiB as tools print it: `91204`, or with a unit and a point or comma, `1.2g`. */
export function printedKib(
  word: string | undefined,
  plainUnit: PlainUnit = 'K',
): number | undefined {
  const [, digits, decimals = '', unit = plainUnit] =
    /^(\d{1,16})(?:[.,](\d{1,6}))?([bkmgtpe])?(?:i?b?)$/i.exec(word ?? '') ?? []
  if (digits === undefined) return undefined
  const scale = kibOf[unit.toUpperCase() as PlainUnit]
  const value = Math.round(Number(`${digits}.${decimals || '0'}`) * scale)
  return value * 1024 <= Number.MAX_SAFE_INTEGER ? value : undefined
}

export type PlainUnit = 'B' | 'K' | 'M' | 'G' | 'T' | 'P' | 'E'

/** KiB of a unit. */
export const kibOf: Readonly<Record<PlainUnit, number>> = {
  B: 1 / 1024,
  K: 1,
  M: 1024,
  G: 1024 ** 2,
  T: 1024 ** 3,
  P: 1024 ** 4,
  E: 1024 ** 5,
}

/** A whole number that is exact; `undefined` for anything else. */
export function printedCount(word: string | undefined): number | undefined {
  if (word === undefined || !/^\d{1,16}$/.test(word)) return undefined
  const value = Number(word)
  return Number.isSafeInteger(value) ? value : undefined
}
