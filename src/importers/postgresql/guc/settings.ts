import type { Flaw } from '../../../scenario/yaml/issue.ts'
import { nearest } from '../../../scenario/yaml/suggest.ts'
import type { LocatedFlaw } from '../../../scenario/yaml/yaml-tree.ts'
import type { UnknownName } from '../../unknown-name.ts'
import { defaultNumber, defaultWord } from './defaults.ts'
import type { GucLine } from './guc-file.ts'
import type { GucFault } from './guc-number.ts'
import { gucUnits, readGucInteger } from './guc-number.ts'
import type { NumberName, NumberParameter } from './number-parameters.ts'
import { numberParameters } from './number-parameters.ts'
import { isOfFork, knownNames } from './parameter-names.ts'
import type { ParameterName } from './parameters.ts'
import { isNumberName, isWordName, parameterNames, textParameters } from './parameters.ts'
import type { WordName, WordParameter } from './word-parameters.ts'
import { wordParameters } from './word-parameters.ts'

/** What the files say about the parameters that matter; defaults for all else. */
export interface Settings {
  /** Whose defaults count, and whose parameters there are: 9.6, 18. */
  readonly release: number
  readonly numberOf: (name: NumberName) => number
  readonly wordOf: (name: WordName) => string
  /** Empty where the files say nothing. */
  readonly textOf: (name: (typeof textParameters)[number]) => string
  /** The line that decides; `undefined` where the files say nothing. */
  readonly lineOf: (name: ParameterName) => GucLine | undefined
  /** What the files say of a parameter of an extension, `timescaledb.max_background_workers`. */
  readonly ofExtension: (name: string) => string | undefined
  /** Lines of a server that is made from PostgreSQL, and has parameters of its own. */
  readonly ofForks: readonly GucLine[]
}

/**
 * Reads the values: of several lines for one parameter the last counts, and only that is judged, as
 * PostgreSQL does. Values of parameters that do not matter here are not judged at all.
 * @param release whose defaults count: 9.6, 18.
 */
export function settingsOf(
  lines: readonly GucLine[],
  release: number,
): {
  readonly settings: Settings
  readonly flaws: readonly LocatedFlaw[]
  /** Names that no release known has. */
  readonly unknown: readonly UnknownName[]
} {
  const deciding = new Map<string, GucLine>()
  for (const line of lines) deciding.set(canonical(line.name), line)
  const values = new Map<string, number | string>()
  const flaws: LocatedFlaw[] = []
  for (const [name, line] of deciding) {
    const value = valueIn(name, line)
    if (value === undefined) continue
    if (typeof value === 'object') flaws.push({ ...value, spot: line.valueSpot })
    else values.set(name, value)
  }
  const unknown = [...deciding].filter(([name]) => isUnknown(name))
  return {
    settings: {
      release,
      numberOf: (name) => Number(values.get(name) ?? defaultNumber(name, release)),
      wordOf: (name) => String(values.get(name) ?? defaultWord(name, release)),
      textOf: (name) => String(values.get(name) ?? ''),
      lineOf: (name) => deciding.get(name),
      ofExtension: (name) => deciding.get(name)?.value,
      ofForks: unknown.filter(([name]) => isOfFork(name)).map(([, line]) => line),
    },
    flaws,
    unknown: unknown
      .filter(([name]) => !isOfFork(name))
      .slice(0, mostUnknown)
      .map(unknownName),
  }
}

/** More mistakes than anyone corrects in one go. */
const mostUnknown = 100

/** Names with a dot belong to extensions, which may not even be loaded: valid_custom_variable_name(). */
function isUnknown(name: string): boolean {
  return !name.includes('.') && !knownNames.has(name)
}

function unknownName([name, line]: readonly [string, GucLine]): UnknownName {
  const near = nearest(name, parameterNames) ?? nearest(name, [...knownNames])
  return {
    written: line.name,
    spot: line.nameSpot,
    ...(near === undefined ? {} : { near }),
  }
}

/** Old names still work: map_old_guc_names of guc.c. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ['sort_mem', 'work_mem'],
  ['vacuum_mem', 'maintenance_work_mem'],
])

/** Case means nothing: guc_name_compare() of guc.c. */
function canonical(name: string): string {
  const lower = name.toLowerCase()
  return oldNames.get(lower) ?? lower
}

type Value = number | string | Flaw | undefined

function valueIn(name: string, line: GucLine): Value {
  if (isNumberName(name)) return numberValue(name, numberParameters[name], line.value)
  if (isWordName(name)) return wordValue(name, wordParameters[name], line.value)
  return textParameters.some((one) => one === name) ? line.value : undefined
}

function numberValue(name: string, parameter: NumberParameter, text: string): Value {
  const reading = readGucInteger(text, parameter.unit)
  if (!reading.ok) return faultFlaw(reading.fault, name, text, parameter)
  if (reading.value >= parameter.least && reading.value <= parameter.most) return reading.value
  return rangeFlaw(name, text, parameter)
}

function rangeFlaw(name: string, text: string, { least, most, unit }: NumberParameter): Flaw {
  const counted = unit === undefined ? '' : ` of ${unit}`
  return {
    message: `\`${name} = ${text}\` is out of range`,
    expected: `from ${least} to ${most}${counted}; PostgreSQL does not start with this value`,
  }
}

function faultFlaw(fault: GucFault, name: string, text: string, parameter: NumberParameter): Flaw {
  const { unit } = parameter
  const units = `units are ${gucUnits.map((one) => `\`${one}\``).join(', ')} (case-sensitive)`
  switch (fault.kind) {
    case 'too-large':
      return rangeFlaw(name, text, parameter)
    case 'unit-of-none':
      return { message: `\`${name}\` takes no unit`, expected: 'a plain number' }
    case 'unknown-unit': {
      const near = gucUnits.find((one) =>
        one.toLowerCase().startsWith(fault.unit.toLowerCase()[0] ?? ' '),
      )
      return {
        message: `PostgreSQL has no unit \`${fault.unit}\``,
        expected: units,
        ...(near === undefined
          ? {}
          : {
              suggestion: `did you mean \`${text.slice(0, text.lastIndexOf(fault.unit)).trim()}${near}\`?`,
            }),
      }
    }
    case 'not-a-number':
      return {
        message: `\`${text}\` is not a number`,
        expected:
          unit === undefined
            ? 'a number'
            : `a number, with a unit or in units of ${unit}; ${units}`,
      }
  }
}

const onWords = ['true', 'yes', 'on', '1']
const offWords = ['false', 'no', 'off', '0']

/** parse_bool() of src/backend/utils/adt/bool.c; config_enum_lookup_by_name() of guc.c, whole words. */
function wordValue(name: string, { words, kind }: WordParameter, text: string): Value {
  const word = text.toLowerCase()
  if (words.includes(word)) return word
  if (kind !== 'enum') {
    const isMeant =
      kind === 'boolean' && word !== '' && word !== 'o'
        ? (one: string) => one.startsWith(word)
        : (one: string) => one === word
    if (onWords.some(isMeant)) return 'on'
    if (offWords.some(isMeant)) return 'off'
  }
  const meant = meantBy(word, kind === 'enum' ? words : [...words, ...onWords, ...offWords])
  return {
    message: `\`${text}\` is not a value of \`${name}\``,
    expected: `one of ${words.map((one) => `\`${one}\``).join(', ')}; PostgreSQL does not start with this value`,
    ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
  }
}

/** The only word that begins so, or else a near one. */
function meantBy(text: string, words: readonly string[]): string | undefined {
  const word = text.trim()
  const candidates = [...new Set(words)].filter((one) => /^[a-z]/.test(one))
  const longer = candidates.filter((one) => word !== '' && one.startsWith(word))
  return longer.length > 0 ? onlyOf(longer) : nearest(word, candidates)
}

function onlyOf(words: readonly string[]): string | undefined {
  return words.length === 1 ? words[0] : undefined
}
