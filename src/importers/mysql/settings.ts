import type { LocatedFlaw } from '../../scenario/yaml/yaml-tree.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { placeText } from '../place.ts'
import { readSuffixedSize } from '../sizes.ts'
import { flawOfName } from '../unknown-name.ts'
import type { OptionLine } from './option-file.ts'
import type { NumberName, SwitchName } from './option-names.ts'
import { isKnown, isUsed, nearTo, numberNames, wholeOf } from './option-names.ts'
import { defaultOf, rangeOf } from './ranges.ts'
import type { Servers } from './servers.ts'

/** What the files say about the options that matter; defaults for all else. */
export interface Settings {
  readonly servers: Servers
  /** Within what the server takes: it goes on with the nearest. */
  readonly numberOf: (name: NumberName) => number
  /** What the server makes of a value that is out of range; `undefined` where it is within. */
  readonly adjustedOf: (name: NumberName) => number | undefined
  /** The files speak of innodb_page_size, which is not looked at. */
  readonly hasOtherPages: boolean
  readonly isOn: (name: SwitchName) => boolean
  /** The line that decides; `undefined` where the files say nothing. */
  readonly lineOf: (name: NumberName | SwitchName) => OptionLine | undefined
}

/** Of several lines for an option the last counts. */
export function settingsOf(
  written: readonly OptionLine[],
  servers: Servers,
): {
  readonly settings: Settings
  readonly flaws: readonly LocatedFlaw[]
  /** What the server goes on without, or reads otherwise than it is written, in sentences. */
  readonly remarks: readonly string[]
} {
  const lines = wholeLines(written, servers)
  const unknown = unknownIn(lines, servers)
  const ignored = new Set(unknown.filter(({ line }) => line.isLoose).map(({ line }) => line))
  const deciding = new Map(
    lines.filter((line) => !ignored.has(line)).map((line) => [line.name, line]),
  )
  const writtenOf = (name: NumberName) => readSuffixedSize(deciding.get(name)?.value ?? '')
  const settings: Settings = {
    servers,
    numberOf: (name) => within(name, writtenOf(name) ?? defaultOf(name, servers), servers),
    adjustedOf: (name) => adjusted(name, writtenOf(name), servers),
    hasOtherPages: deciding.has('innodb_page_size'),
    isOn: (name) => isOn(deciding.get(name)),
    lineOf: (name) => deciding.get(name),
  }
  return {
    settings,
    flaws: [
      ...unknown
        .filter(({ line }) => !line.isLoose)
        .map((one) => flawOfName(nameIn(one), 'mysqld has no option', one.expected)),
      ...numberNames.flatMap((name) => flawOfNumber(name, deciding.get(name))),
    ],
    remarks: [
      ...(ignored.size === 0
        ? []
        : [
            `Ignored, because the server has no such option: ${[...ignored].map(shown).join(', ')}.`,
          ]),
      ...beginningsIn(lines, written, servers),
      ...adjustmentsIn(settings),
    ],
  }
}

function within(name: NumberName, value: number, servers: Servers): number {
  const { least, most, block } = rangeOf(name, servers)
  return Math.max(least, Math.floor(Math.min(most, value) / block) * block)
}

function adjusted(
  name: NumberName,
  value: number | undefined,
  servers: Servers,
): number | undefined {
  const { least, most } = rangeOf(name, servers)
  const isWithin = value === undefined || (value >= least && value <= most)
  return isWithin ? undefined : within(name, value, servers)
}

/** Values that the server adjusts, and what to: `100000`, `5 MiB`. */
function adjustmentsIn({ adjustedOf, lineOf }: Settings): readonly string[] {
  const listed = numberNames.flatMap((name) => {
    const [value, line] = [adjustedOf(name), lineOf(name)]
    if (value === undefined || line === undefined) return []
    const text = /_size$/.test(name) ? writeSize(bytes(value)) : String(value)
    return [`${line.written} = ${line.value} (${placeText(line.nameSpot)}) to ${text}`]
  })
  return listed.length === 0
    ? []
    : [`Out of range, and adjusted by the server with a warning: ${listed.join(', ')}.`]
}

/** With the whole names of options where the servers take a beginning for it. */
function wholeLines(lines: readonly OptionLine[], servers: Servers): readonly OptionLine[] {
  return lines.map((line) => {
    const [, word = '', rest = ''] = /^(maximum_)?(.*)$/.exec(line.name) ?? []
    const whole = rest.length < 3 || isKnown(rest) ? undefined : wholeOf(rest, servers)
    return whole === undefined ? line : { ...line, name: `${word}${whole}` }
  })
}

function beginningsIn(
  lines: readonly OptionLine[],
  written: readonly OptionLine[],
  servers: Servers,
): readonly string[] {
  const read = lines.flatMap((line, index) =>
    line.name === written[index]?.name || !isUsed(line.name)
      ? []
      : [`${shown(line)} as ${line.name}`],
  )
  if (read.length === 0) return []
  const others = servers.isLateMysqlPossible ? '; MySQL since 5.7 does not start with them' : ''
  return [`Abbreviated names, read in full: ${read.join(', ')}${others}.`]
}

interface Unknown {
  readonly line: OptionLine
  readonly near?: string
  readonly expected: string
}

function nameIn({ line: { written, nameSpot: spot }, near }: Unknown) {
  return { written, spot, ...(near === undefined ? {} : { near }) }
}

/** Names that are near to one that is used; a name with a dot is of a key cache or a component. */
function unknownIn(lines: readonly OptionLine[], servers: Servers): readonly Unknown[] {
  const names = [...new Set(lines.map(({ name }) => name))].filter((name) => !name.includes('.'))
  const meant = new Map(names.map((name) => [name, nearTo(name)]))
  return lines.flatMap((line): readonly Unknown[] => {
    if (line.name === 'innodb_dedicated_server' && !servers.isLateMysqlPossible) {
      return [{ line, expected: 'an option that the server has; MySQL has this one since 8.0' }]
    }
    const near = meant.get(line.name)
    return near === undefined ? [] : [{ line, near, expected: expectedFor(line, near, servers) }]
  })
}

/** EXIT_UNKNOWN_VARIABLE and EXIT_AMBIGUOUS_OPTION of mysys/my_getopt.cc. */
function expectedFor({ name }: OptionLine, near: string, servers: Servers): string {
  if (!near.startsWith(name)) {
    return 'the name of an option; the server does not start with this one'
  }
  return servers.isEarlyMysqlPossible || servers.isMariaPossible
    ? 'the full name of an option; the server does not start with an ambiguous abbreviation'
    : 'the full name of an option; MySQL since 5.7 does not start with an abbreviation'
}

function shown({ written, nameSpot }: OptionLine): string {
  return `${written} (${placeText(nameSpot)})`
}

function flawOfNumber(name: string, line: OptionLine | undefined): readonly LocatedFlaw[] {
  if (line === undefined || readSuffixedSize(line.value ?? '') !== undefined) return []
  const value = line.value ?? ''
  const meant = /^(\d+\s*[kmgt])i?b$/i.exec(value)?.[1]
  return [
    {
      message: `\`${value}\` is not a number for \`${name}\``,
      expected: 'a whole number, with K, M, G or T where it is a size: 16G',
      ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
      spot: line.valueSpot,
    },
  ]
}

function isOn(line: OptionLine | undefined): boolean {
  return line !== undefined && /^(on|true|1)$/i.test(line.value ?? '1')
}
