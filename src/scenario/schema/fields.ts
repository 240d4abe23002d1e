import { parseShare } from '../../units/share.ts'
import type { Flaw } from '../yaml/issue.ts'
import { decodeName } from '../yaml/plain-data.ts'
import { nearest } from '../yaml/suggest.ts'
import type { Check, FlawTeller, Help, Shape } from './shape.ts'
import { field } from './shape.ts'
import { flawOfShare, flawOfSize } from './size-flaws.ts'

const sizePattern = '^ *[0-9]*\\.?[0-9]+ *([bB]|[kKmMgGtTpP]([iI]?[bB])?|[pP][aA][gG][eE][sS]) *$'
const sharePattern = '^ *[0-9]*\\.?[0-9]+ *% *$'

/** `300 GB`. */
export function size(description: string, fallback?: string): Shape<string> {
  return field(flawOfSize, helpOfSize(description, fallback))
}

/** A size that is the name of an entry. */
export function sizeAsName(description: string): Shape<string> {
  return field((key) => flawOfSize(decodeName(String(key))), helpOfSize(description))
}

function helpOfSize(description: string, fallback?: string): Help {
  return {
    description: withDefault(`${description} A size with a unit, such as 300 GB.`, fallback),
    type: 'string',
    pattern: sizePattern,
    ...(fallback === undefined ? {} : { default: fallback }),
  }
}

/** `10 GiB` or `40%`. */
export function sizeOrShare(description: string): Shape<string> {
  const check: Check = (value) => {
    if (typeof value === 'string' && value.includes('%')) return flawOfShare(value)
    return flawOfSize(value, 'size-or-share')
  }
  const pattern = `${sizePattern}|${sharePattern}`
  return field(check, { description, type: 'string', pattern })
}

/** The largest number that a count may be. */
export const mostCount: number = Number.MAX_SAFE_INTEGER
/** The largest user id: (uid_t) −1 means "leave unchanged" in chown(2). */
export const mostId: number = 2 ** 32 - 2

/** A whole number from `least` to `most`. */
export function whole(
  description: string,
  least: number,
  most: number,
  fallback?: number,
): Shape<number> {
  const check: Check = (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : (written) => flawOfWhole(value, written, least, most)
  return field(check, {
    description: withDefault(description, fallback),
    type: 'integer',
    minimum: least,
    maximum: most,
    ...(fallback === undefined ? {} : { default: fallback }),
  })
}

/** A number that need not be whole, 0 or more. */
export function amount(description: string): Shape<number> {
  const check: Check = (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0
      ? undefined
      : (written) => flawOfNumber(value, written, 'a number, 0 or more', /^\d+\.\d+$/)
  return field(check, { description, type: 'number', minimum: 0 })
}

/**
 * One of some words.
 * @param meant what is meant by other words, in small letters, that are usual for one of these.
 */
export function word<const T extends string>(
  description: string,
  words: readonly T[],
  fallback?: string,
  meant: ReadonlyMap<string, T> = new Map(),
): Shape<T> {
  const tell = listing(words, meant)
  const check: Check = (value) => (words.some((one) => one === value) ? undefined : tell)
  return field(check, {
    description: withDefault(description, fallback),
    enum: words,
    ...(fallback === undefined ? {} : { default: fallback }),
  })
}

/** `true` or `false`. */
export function flag(description: string, fallback: string): Shape<boolean> {
  const check: Check = (value) =>
    typeof value === 'boolean'
      ? undefined
      : (written) => ({
          message: `\`${written}\` is neither true nor false`,
          expected: '`true` or `false`',
          ...suggestFlag(written),
        })
  return field(check, { description: withDefault(description, fallback), type: 'boolean' })
}

/** Text with at least one character, any characters. */
export function text(
  description: string,
  expected: string,
  emptiness = 'this is empty',
): Shape<string> {
  const check: Check = (value) => {
    if (value === '') return () => ({ message: emptiness, expected })
    if (typeof value === 'string') return undefined
    return (written) => ({
      message: `\`${written}\` is not text`,
      expected,
      ...(typeof value === 'number' || typeof value === 'boolean'
        ? { suggestion: `write it in quotes: "${written}"` }
        : {}),
    })
  }
  return field(check, { description, type: 'string', minLength: 1 })
}

/** Text of a form, where `isRight` says what is. */
export function formed(
  isRight: (value: string) => boolean,
  tell: FlawTeller,
  help: Help,
): Shape<string> {
  return field((value) => (typeof value === 'string' && isRight(value) ? undefined : tell), {
    type: 'string',
    ...help,
  })
}

/** `40%` as text. */
export function isShare(value: string): boolean {
  return parseShare(value) !== undefined
}

function withDefault(description: string, fallback: string | number | undefined): string {
  return fallback === undefined ? description : `${description} Default: ${fallback}.`
}

function listing(words: readonly string[], meant: ReadonlyMap<string, string>): FlawTeller {
  return (written, key) => {
    const near = meant.get(written.toLowerCase()) ?? nearest(written, words)
    return {
      message: `unknown ${key} \`${written}\``,
      expected: `one of ${words.map((one) => `\`${one}\``).join(', ')}`,
      ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
    }
  }
}

function suggestFlag(written: string): { readonly suggestion?: string } {
  if (/^(yes|on|y|true|1)$/i.test(written)) return { suggestion: 'write `true`' }
  return /^(no|off|n|false|0)$/i.test(written) ? { suggestion: 'write `false`' } : {}
}

function flawOfWhole(value: unknown, written: string, least: number, most: number): Flaw {
  const expected =
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number, ${least} or more`
      : `a whole number from ${least} to ${most}`
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return flawOfNumber(value, written, expected, /^-?\d+$/)
  }
  if (!Number.isInteger(value)) return { message: `${written} is not a whole number`, expected }
  if (value > most) {
    return {
      message: `${written} is too large`,
      expected: `a whole number from ${least} to ${most}`,
    }
  }
  if (value < 0 && least >= 0) return { message: `${written} is negative`, expected }
  return { message: `${written} is too small`, expected }
}

/** What is no number at all, or none that a scenario may have. */
function flawOfNumber(value: unknown, written: string, expected: string, form: RegExp): Flaw {
  if (typeof value === 'number') {
    const flaw = Number.isFinite(value) ? 'is negative' : 'is not a finite number'
    return { message: `\`${written}\` ${flaw}`, expected }
  }
  const digits = written.replace(/[\s_,']/g, '')
  return {
    message: `\`${written}\` is not a number`,
    expected,
    ...(form.test(digits) ? { suggestion: `write \`${digits}\`, without quotes` } : {}),
  }
}
