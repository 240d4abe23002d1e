import type { Spot, YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from '../importer.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import { isNothing, textOf } from './parameters.ts'

/** A word of a command line, and the text that it is in. */
export interface Word {
  readonly text: string
  readonly spot: Spot
}

/** The words of `command`: a list of them, or one text that is divided as a shell divides it. */
export function commandWords(node: YamlNode | undefined): {
  readonly words: readonly Word[]
  readonly flaws: readonly ImportFlaw[]
} {
  if (node === undefined || isNothing(node)) return { words: [], flaws: [] }
  const items = node.kind === 'list' ? node.items : [node]
  const flaws: ImportFlaw[] = []
  const words = items.flatMap((item) => {
    const text = textOf(item)
    if (text === undefined) {
      flaws.push({ message: 'a command is a text, or a list of texts', spot: item.spot })
      return []
    }
    const parts = node.kind === 'list' ? [text] : shellWords(text)
    return parts.map((part) => ({ text: part, spot: spotOf(part, item) }))
  })
  const known = words.map((word) => {
    const { text, missing } = interpolated(word.text)
    if (missing !== undefined) flaws.push({ ...unknownVariable(missing), spot: word.spot })
    return { ...word, text }
  })
  return { words: known, flaws }
}

function unknownVariable(name: string) {
  return {
    message: `the value of \`${name}\` is not in this file`,
    expected: 'a value in place of the variable',
    suggestion: 'print the whole with `docker compose config`, and import that',
  }
}

/** Where the word stands, as far as the text of the file has it as it is. */
function spotOf(word: string, { spot }: YamlNode): Spot {
  const { source, offset } = spot
  const at = source.text.slice(offset, offset + farthest).indexOf(word)
  return at === -1 ? spot : { source, offset: offset + at }
}

const farthest = 20_000

/** More than a command line has. */
const mostWords = 2000

const shellWord = /(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|["'])+/g

function shellWords(text: string): readonly string[] {
  return (text.match(shellWord) ?? [])
    .slice(0, mostWords)
    .map((word) =>
      word.replace(
        /\\([\s\S])|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/g,
        (all, escaped, double, single) => String(escaped ?? double ?? single ?? all),
      ),
    )
}

/** `${NAME:-default}`; a variable without a default is not known here. */
function interpolated(text: string): { readonly text: string; readonly missing?: string } {
  let missing: string | undefined
  const known = text.replace(
    /\$\$|\$\{(\w{1,80})(?::?-([^}]{0,200}))?[^}]{0,200}\}|\$(\w{1,80})/g,
    (all, braced?: string, value?: string, bare?: string) => {
      if (all === '$$') return '$'
      if (value !== undefined) return value
      missing ??= braced ?? bare
      return all
    },
  )
  return { text: known, ...(missing === undefined ? {} : { missing }) }
}

/** Short options of postgres that set a parameter: process_postgres_switches(), tcop/postgres.c. */
const shortOptions: ReadonlyMap<string, string> = new Map([
  ['B', 'shared_buffers'],
  ['N', 'max_connections'],
  ['S', 'work_mem'],
])

/** What the words of a command of postgres set: `-c name=value`, `--name=value`, `-N 300`. */
export function settingsIn(words: readonly Word[]): {
  readonly settings: readonly GucLine[]
  readonly flaws: readonly ImportFlaw[]
} {
  const lines = words.flatMap((word, index) => {
    const long = /^--(?=\w)([\s\S]*)$/.exec(word.text)?.[1]
    if (long !== undefined) return [lineOf(long, word.spot)]
    const [, letter, rest = ''] = /^-([cBNS])([\s\S]*)$/.exec(word.text) ?? []
    if (letter === undefined) return []
    const value = rest === '' ? words[index + 1] : { text: rest, spot: word.spot }
    return [ofShort(letter, value ?? { text: '', spot: word.spot })]
  })
  return {
    settings: lines.flatMap((line) => ('message' in line ? [] : [line])),
    flaws: lines.flatMap((line) => ('message' in line ? [line] : [])),
  }
}

function ofShort(letter: string, { text, spot }: Word): GucLine | ImportFlaw {
  const name = shortOptions.get(letter)
  return lineOf(name === undefined ? text : `${name}=${text}`, spot)
}

/** Dashes in a name are underscores: ParseLongOption() of guc.c. */
function lineOf(text: string, spot: Spot): GucLine | ImportFlaw {
  const equals = text.indexOf('=')
  if (equals < 1) {
    return { message: `\`${text}\` sets nothing`, expected: '`-c shared_buffers=8GB`', spot }
  }
  const name = text.slice(0, equals).replaceAll('-', '_')
  return { name, nameSpot: spot, value: text.slice(equals + 1), valueSpot: spot }
}
