import type { LocatedFlaw, Source, Spot } from '../../../scenario/yaml/yaml-tree.ts'

/** One `name = value` of a configuration file. */
export interface GucLine {
  /** As written: case means nothing in it. */
  readonly name: string
  readonly nameSpot: Spot
  /** Without quotes. */
  readonly value: string
  readonly valueSpot: Spot
  /** Whose default it is, where no file states it: `CloudNativePG's default`. */
  readonly defaultOf?: string
}

export interface GucFile {
  readonly lines: readonly GucLine[]
  readonly flaws: readonly LocatedFlaw[]
}

const letter = 'A-Za-z_\\u0080-\\uffff'
const identifier = `[${letter}][${letter}0-9]*`
/** The words of src/backend/utils/misc/guc-file.l, of which the longest that fits counts. */
const words = {
  name: new RegExp(`${identifier}(?:[.]${identifier})?`, 'y'),
  unquoted: new RegExp(`[${letter}](?:[${letter}0-9]|[-._:/])*`, 'y'),
  quoted: /'(?:[^'\\\n]|\\.|'')*'/y,
  integer: /[-+]?(?:0x[0-9a-fA-F]+|[0-9]+)[a-zA-Z]*/y,
  real: /[-+]?[0-9]*[.][0-9]*(?:[Ee][-+]?[0-9]+)?/y,
}
const values = [words.unquoted, words.quoted, words.integer, words.real]
const blank = /[ \t\r]*/y
/** More mistakes than anyone corrects in one go; PostgreSQL stops at as many. */
const mostFlaws = 100

/** Takes a file of PostgreSQL apart, line by line, as its own lexer does. Never throws. */
export function parseGucFile(source: Source): GucFile {
  const lines: GucLine[] = []
  const flaws: LocatedFlaw[] = []
  for (let start = 0; start <= source.text.length && flaws.length < mostFlaws; ) {
    const newline = source.text.indexOf('\n', start)
    const end = newline === -1 ? source.text.length : newline
    const line = parseLine(source, start, end)
    if (line !== undefined && 'message' in line) flaws.push(line)
    else if (line !== undefined) lines.push(line)
    start = end + 1
  }
  return { lines, flaws }
}

function parseLine(source: Source, start: number, end: number): GucLine | LocatedFlaw | undefined {
  const text = source.text.slice(start, end)
  const spot = (at: number): Spot => ({ source, offset: start + at })
  const nameAt = skipBlank(text, 0)
  if (isOver(text, nameAt)) return undefined
  const name = matchAt(words.name, text, nameAt)
  if (name === '' || name.length < matchAt(words.unquoted, text, nameAt).length) {
    return { ...noName, spot: spot(nameAt) }
  }
  const afterName = skipBlank(text, nameAt + name.length)
  const valueAt = text[afterName] === '=' ? skipBlank(text, afterName + 1) : afterName
  const value = longest(text, valueAt)
  if (value === '') return { ...flawOfValue(text, valueAt, name), spot: spot(valueAt) }
  const rest = skipBlank(text, valueAt + value.length)
  if (!isOver(text, rest)) return { ...flawOfRest(text, valueAt), spot: spot(rest) }
  return { name, nameSpot: spot(nameAt), value: unquote(value), valueSpot: spot(valueAt) }
}

const noName = {
  message: 'the name of a parameter is missing here',
  expected: 'a line such as `shared_buffers = 8GB`, or a comment after `#`',
}

function flawOfValue(text: string, at: number, name: string) {
  if (isOver(text, at)) {
    return { message: `\`${name}\` has no value`, expected: `\`${name} = value\`` }
  }
  return {
    message: text[at] === "'" ? 'this quote is not closed' : 'a value is missing here',
    expected: "a word, a number, or text in quotes: 'text'",
  }
}

/** What follows a value: most often the unit of a number with decimals, which needs quotes. */
function flawOfRest(text: string, valueAt: number) {
  const written = /^[-+]?\d*[.]\d*[ \t]*[a-zA-Z]+/.exec(text.slice(valueAt))?.[0]
  return {
    message: 'more than one value',
    expected: 'one value, then the end of the line or a comment after `#`',
    ...(written === undefined ? {} : { suggestion: `put it in quotes: '${written}'` }),
  }
}

function longest(text: string, at: number): string {
  return values
    .map((word) => matchAt(word, text, at))
    .reduce((best, found) => (found.length > best.length ? found : best), '')
}

function matchAt(word: RegExp, text: string, at: number): string {
  word.lastIndex = at
  return word.exec(text)?.[0] ?? ''
}

function skipBlank(text: string, at: number): number {
  return at + matchAt(blank, text, at).length
}

function isOver(text: string, at: number): boolean {
  return at >= text.length || text[at] === '#'
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** As GUC_scanstr() of guc-file.l: doubled quotes, letters after a backslash, octal digits. */
function unquote(value: string): string {
  if (!value.startsWith("'")) return value
  return value
    .slice(1, -1)
    .replace(/''|\\([0-7]{1,3})|\\(.)/g, (_all, octal?: string, escaped?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) % 256)
      return escaped === undefined ? "'" : (escapes[escaped] ?? escaped)
    })
}
