import type { LocatedFlaw, Source, Spot } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import { beginning, mainText } from '../including.ts'
import type { Library } from '../library.ts'
import { placeText } from '../place.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import { importSettings } from '../postgresql/import-postgresql.ts'
import { releaseStated } from '../postgresql/release.ts'

/** `ALTER SYSTEM SET` statements, as pgtune prints them, or in a script of psql. */
export const alterSystem: Importer = {
  importFile: importStatements,
  fileName: /(?!)/,
  content: /^[ \t]*ALTER[ \t]+SYSTEM[ \t\r]+(?:SET|RESET)?/im,
  takesDataSize: true,
}

function importStatements(path: string, library: Library, options: ImportOptions): Imported {
  const reading = beginning(path, library)
  const source: Source = { file: path, text: mainText(reading) ?? '' }
  const { lines, flaws, others, isAltered } = statementsIn(source)
  const version = /^[ \t]*(?:--|#)[ \t]*DB Version:[ \t]*(\d[\d.]*)/im.exec(source.text)
  const spot = { source, offset: version?.index ?? 0 }
  return importSettings(
    {
      path,
      lines,
      flaws: [...reading.flaws, ...flaws, ...(isAltered ? [] : [nothingIn(source)])],
      notRead: [],
      release: releaseStated(version?.[1], `DB Version (${placeText(spot)})`, options.release),
      remarks: [
        'Only what ALTER SYSTEM sets is known; all other settings are PostgreSQL defaults here.',
        ...(others === 0 ? [] : [`Other statements of the script are ignored: ${others}.`]),
      ],
    },
    options,
  )
}

function nothingIn(source: Source) {
  return {
    message: 'no ALTER SYSTEM statement is in the file',
    expected: "`ALTER SYSTEM SET shared_buffers = '8GB';`",
    spot: { source, offset: 0 },
  }
}

/** A comment, a text in quotes, a word or number, or a sign. */
const token =
  /--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\\[^\n]*|[eE]?'(?:[^'\\\n]|''|\\.)*'|"(?:[^"\n]|"")*"|[-+]?[\w.]+|[^\s]/gy
const blank = /\s*/y

interface Token {
  readonly text: string
  readonly spot: Spot
}

interface Statements {
  readonly lines: readonly GucLine[]
  readonly flaws: readonly LocatedFlaw[]
  /** Statements that set nothing of the server. */
  readonly others: number
  /** Some statement is ALTER SYSTEM. */
  readonly isAltered: boolean
}

function statementsIn(source: Source): Statements {
  const statements = splitStatements(tokensIn(source))
  const altering = statements.filter(isAltering)
  const settings = new Map<string, GucLine>()
  const flaws: LocatedFlaw[] = []
  for (const statement of altering) {
    const line = statement[2]?.text.toLowerCase() === 'reset' ? undefined : settingIn(statement)
    if (line === undefined) reset(settings, statement[3]?.text)
    else if ('message' in line) flaws.push(line)
    else settings.set(line.name.toLowerCase(), line)
  }
  return {
    lines: [...settings.values()],
    flaws: flaws.slice(0, mostFlaws),
    others: statements.length - altering.length,
    isAltered: altering.length > 0,
  }
}

function isAltering([first, second]: readonly Token[]): boolean {
  return first?.text.toLowerCase() === 'alter' && second?.text.toLowerCase() === 'system'
}

const mostFlaws = 100

function reset(settings: Map<string, GucLine>, name: string | undefined): void {
  if (name?.toLowerCase() === 'all') settings.clear()
  else settings.delete(nameOf(name ?? '').toLowerCase())
}

function tokensIn(source: Source): readonly Token[] {
  const { text } = source
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    blank.lastIndex = at
    blank.exec(text)
    token.lastIndex = blank.lastIndex
    const found = token.exec(text)?.[0]
    if (found === undefined) break
    const offset = blank.lastIndex
    // A command of psql ends its line, and is no part of a statement.
    const isNothing = /^(?:--|#|\/\*|\\)/.test(found)
    if (!isNothing) tokens.push({ text: found, spot: { source, offset } })
    at = offset + found.length
  }
  return tokens
}

/** What stands before each semicolon; the last may go without. */
function splitStatements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]]
  for (const one of tokens) {
    if (one.text === ';') statements.push([])
    else statements.at(-1)?.push(one)
  }
  return statements.filter((statement) => statement.length > 0)
}

/** `ALTER SYSTEM SET name = value`, or `TO value`; of a list each value: gram.y of PostgreSQL. */
function settingIn(statement: readonly Token[]): GucLine | LocatedFlaw {
  const [start, , verb, name, sign, ...values] = statement
  const spot = start?.spot
  const isSet = verb?.text.toLowerCase() === 'set' && /^(?:=|to)$/i.test(sign?.text ?? '')
  const [first] = values
  if (spot === undefined || !isSet || name === undefined || first === undefined) {
    return {
      message: 'this is no complete ALTER SYSTEM statement',
      expected: "ALTER SYSTEM SET shared_buffers = '8GB';",
      spot: (first ?? sign ?? name ?? verb ?? start)?.spot ?? startOf(statement),
    }
  }
  return {
    name: nameOf(name.text),
    nameSpot: name.spot,
    value: values
      .filter(({ text }) => text !== ',')
      .map(({ text }) => unquoted(text))
      .join(', '),
    valueSpot: first.spot,
  }
}

function startOf([first]: readonly Token[]): Spot {
  return first?.spot ?? { source: { file: '', text: '' }, offset: 0 }
}

function nameOf(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}

function unquoted(text: string): string {
  const inner = /^[eE]?'([\s\S]*)'$/.exec(text)?.[1]
  return inner === undefined ? nameOf(text) : inner.replaceAll("''", "'")
}
