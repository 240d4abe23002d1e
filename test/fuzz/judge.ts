import schema from '../../docs/result.schema.json' with { type: 'json' }
import { longName } from '../../src/cli/arguments/option.ts'
import { options } from '../../src/cli/arguments/options.ts'
import { asking } from '../../src/cli/arguments/shells.ts'
import { refusedPlaces } from '../scenario/zod/draft-07.ts'
import type { Input, Outcome } from './input.ts'

/** What every run owes its user, whatever it was given; the promises that this one broke. */
export function brokenPromises(input: Input, outcome: Outcome): readonly string[] {
  // Shells read what completion prints, and tell the person nothing else.
  const promises = input.argv[0] === asking ? [statusFaults] : always
  return promises.flatMap((promise) => promise(input, outcome))
}

type Promised = (input: Input, outcome: Outcome) => readonly string[]

const always: readonly Promised[] = [
  statusFaults,
  (_, { stderr }) => (stderr.includes('\n    at ') ? ['a stack trace is printed'] : []),
  (_, outcome) =>
    outputs(outcome).flatMap(([name, printed]) => {
      const text = withoutSeparators(printed)
      const [found] = harmless.test(text) ? [] : (unprintable.exec(text.replace(colours, '')) ?? [])
      return found === undefined ? [] : [`${name} has the character ${codeOf(found)}`]
    }),
  (input, outcome) =>
    jsonOf(input, outcome).flatMap(([name, text]) =>
      parsed(text) === undefined ? [`${name} is no JSON`] : [],
    ),
  (_, { status, stderr }) =>
    status > 1 && stderr === '' ? [`status ${status} without a word`] : [],
  (input, { status, stdout, written }) =>
    status < 2 && stdout === '' && Object.keys(written).length === 0 && !isQuiet(input)
      ? [`status ${status} without an answer`]
      : [],
  ({ argv }, { stderr }) =>
    stderr
      .split('\n\n')
      .filter(({ length }) => length > longestMessage + 20 * argv.join().length)
      .map(({ length }) => `a message has ${length} characters`),
  (input, outcome) => verdictFaults(input, outcome),
  () => prototypeFaults(),
]

/** Where a published result is not what its schema says. */
export function schemaFaults(input: Input, outcome: Outcome): readonly string[] {
  return jsonOf(input, outcome).flatMap(([name, text]) =>
    (parsed(text) ?? [])
      .filter(isPublished)
      .flatMap((value) => refusedPlaces(schema, value).slice(0, 3))
      .map((place) => `${name} has ${place}, which its schema refuses`),
  )
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}

function statusFaults(_: Input, { status }: Outcome): readonly string[] {
  return statuses.has(status) ? [] : [`the status is ${status}`]
}

/** In characters, beside what the command line itself says. */
const longestMessage = 10_000
const statuses: ReadonlySet<number> = new Set([0, 1, 2, 3])
/** The script of `collect` splits lines at tabs, and rows of csv end in CR LF: RFC 4180. */
function withoutSeparators(printed: string): string {
  if (printed.startsWith('#!/bin/sh\n')) return printed.replaceAll('\t', '')
  return /^[^\r\n,]+,[^\r\n]*\r\n/.test(printed) ? printed.replaceAll('\r\n', '\n') : printed
}

/** Most output is, and this is quick to see. */
const harmless = /^[\n -~]*$/
/** Colour and nothing else. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g')
/** Controls but the line feed, marks that turn text round, and halves of characters. */
const unprintable = /[^\P{Cc}\n]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]|\p{Cs}/u

function outputs({ stdout, stderr, written }: Outcome): readonly (readonly [string, string])[] {
  return [['standard output', stdout], ['standard error', stderr], ...Object.entries(written)]
}

/** `-q` among the letters of one word, or an abbreviation-free `--quiet`. */
function isQuiet({ argv }: Input): boolean {
  return argv.some((word) => /^-[a-z]*q|^--quiet/.test(word))
}

/** What was asked for as JSON, and was answered. */
function jsonOf(
  { argv }: Input,
  { stdout, written }: Outcome,
): readonly (readonly [string, string])[] {
  const files = Object.entries(written).filter(([path]) => /[.](nd)?json$/i.test(path))
  return asksForJson(argv) && stdout !== '' ? [['standard output', stdout], ...files] : files
}

/** Options without an argument, as they are written whole. */
const flags: ReadonlySet<string> = new Set(
  Object.values(options).flatMap(({ argument, flags: written }) =>
    argument.kind === 'none' ? [longName(written)] : [],
  ),
)

/** Whether every format that is named is JSON; what may be the argument of another option names none. */
function asksForJson(argv: Input['argv']): boolean {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  if (argv.some((word) => /^(?:--version|--help|-[A-Za-z]*[hV])/.test(word))) return false
  const named = words.flatMap((word, at) => {
    const before = words[at - 1] ?? ''
    if (/^-[^=]+$/.test(before) && !flags.has(before)) return []
    if (word === '-f' || word === '--format') return [words[at + 1] ?? '']
    return /^(?:-f|--format=)(.+)$/.exec(word)?.[1] ?? []
  })
  return named.length > 0 && named.every((format) => format === 'json' || format === 'ndjson')
}

/** The values of a JSON text or of one on each line; absent: it is neither. */
function parsed(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text)]
  } catch {
    try {
      return text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    } catch {
      return undefined
    }
  }
}

function isPublished(value: unknown): boolean {
  const mark = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : ''
  return /^mshare-plan\/(results?|verify|verify-list|limits|limits-list)\/1$/.test(String(mark))
}

/** The status is 1 where a gate failed, and only there. */
function verdictFaults(input: Input, outcome: Outcome): readonly string[] {
  if (outcome.status > 1 || input.argv.some((word) => word.startsWith('--exit'))) return []
  return jsonOf(input, outcome).flatMap(([name, text]) => {
    if (!text.includes('"verdict":')) return []
    const fails = /"verdict": ?"fail"/.test(text)
    return fails === (outcome.status === 1)
      ? []
      : [`${name} says ${fails ? 'fail' : 'pass'}, the status ${outcome.status}`]
  })
}

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype]
const untouched = prototypes.map((each) => Object.getOwnPropertyNames(each).join())

function prototypeFaults(): readonly string[] {
  return prototypes.every(
    (each, index) => Object.getOwnPropertyNames(each).join() === untouched[index],
  )
    ? []
    : ['a prototype was changed']
}
