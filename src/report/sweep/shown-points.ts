/** Rows and columns of a map, and rows of a list, beyond which it is no picture. */
const mostDown = 40
const mostAcross = 16
const mostRows = 100

/**
 * Which points a page shows, by their number: of a map, some values of each axis at equal distances and the last;
 * of a list the same.
 */
export function shownOnPage([first, second]: readonly {
  readonly length: number
}[]): (number: number) => boolean {
  const down = spread(first?.length ?? 0, second === undefined ? mostRows : mostDown)
  const across = spread(second?.length ?? 1, mostAcross)
  const columns = second?.length ?? 1
  return (number) => down(Math.floor(number / columns)) && across(number % columns)
}

function spread(length: number, most: number): (index: number) => boolean {
  const every = Math.ceil(length / most)
  return (index) => index % every === 0 || index === length - 1
}
