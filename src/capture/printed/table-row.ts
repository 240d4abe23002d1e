/** The columns of a printed table whose text may hold spaces in one place: that of the command. */
export interface Columns<Name extends string> {
  /** Names of the columns before the text, `undefined` for those that are not read. */
  readonly left: readonly (Name | undefined)[]
  /** Names of the columns behind it. */
  readonly right: readonly (Name | undefined)[]
  /** Characters of a first, narrow text before the long one: `comm` before `args`. */
  readonly narrow?: number
  readonly hasText: boolean
}

/** A row taken apart. */
export interface Row<Name extends string> {
  readonly values: ReadonlyMap<Name, string>
  readonly narrow?: string
  readonly text: string
}

/**
 * Takes a row apart by words, from both ends: columns that are too narrow for their values push the
 * others to the right, so that positions say nothing. The time is linear in the length of the row.
 * @returns `undefined` for a row with too few words.
 */
export function rowOf<Name extends string>(
  line: string,
  columns: Columns<Name>,
): Row<Name> | undefined {
  const values = new Map<Name, string>()
  const at = takeLeft(line, columns.left, values)
  const end = at === undefined ? undefined : takeRight(line, at, columns.right, values)
  if (at === undefined || end === undefined) return undefined
  if (!columns.hasText) return { values, text: '' }
  const start = behindSpaces(line, at)
  const text = line.slice(start, Math.max(start, end))
  if (columns.narrow === undefined) return { values, text }
  return { values, ...divided(text, columns.narrow) }
}

/** @returns where the text begins. */
function takeLeft<Name extends string>(
  line: string,
  names: Columns<Name>['left'],
  values: Map<Name, string>,
): number | undefined {
  let at = 0
  for (const name of names) {
    at = behindSpaces(line, at)
    // Only columns without a name hold dates.
    const end = name === undefined ? endOfDate(line, at) : endOfWord(line, at)
    if (end === at) return undefined
    if (name !== undefined) values.set(name, line.slice(at, end))
    at = end
  }
  return at
}

/** @returns where the text ends. */
function takeRight<Name extends string>(
  line: string,
  least: number,
  names: Columns<Name>['right'],
  values: Map<Name, string>,
): number | undefined {
  let end = beforeSpaces(line, line.length)
  for (const name of names.toReversed()) {
    const start = startOfWord(line, end)
    if (start === end || start < least) return undefined
    if (name !== undefined) values.set(name, line.slice(start, end))
    end = beforeSpaces(line, start)
  }
  return end
}

/** The left column is as wide as its heading leaves room, where a space ends it there. */
function divided(text: string, width: number): { readonly narrow: string; readonly text: string } {
  const isAligned = width > 0 && (text[width - 1] ?? ' ') === ' '
  const end = isAligned ? width : endOfWord(text, 0)
  return { narrow: text.slice(0, end).trim(), text: text.slice(end).trim() }
}

/** `Mon Nov 30 10:00:00 2026` and `Nov 30` of ps -o lstart and -o start; any other word is one. */
const longDate = /[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}(?=\s|$)/y
const shortDate = /[A-Z][a-z]{2} [ \d]\d(?=\s|$)/y

function endOfDate(line: string, at: number): number {
  for (const form of [longDate, shortDate]) {
    form.lastIndex = at
    if (form.test(line)) return form.lastIndex
  }
  return endOfWord(line, at)
}

function isSpace(line: string, at: number): boolean {
  const code = line.charCodeAt(at)
  return code === 32 || code === 9
}

function behindSpaces(line: string, from: number): number {
  let at = from
  while (at < line.length && isSpace(line, at)) at += 1
  return at
}

function endOfWord(line: string, from: number): number {
  let at = from
  while (at < line.length && !isSpace(line, at)) at += 1
  return at
}

function beforeSpaces(line: string, from: number): number {
  let at = from
  while (at > 0 && isSpace(line, at - 1)) at -= 1
  return at
}

function startOfWord(line: string, from: number): number {
  let at = from
  while (at > 0 && !isSpace(line, at - 1)) at -= 1
  return at
}
