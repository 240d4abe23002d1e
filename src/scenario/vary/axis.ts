import type { NumberRead, NumberUnit } from '../../units/ticks.ts'
import { numberOf } from '../../units/ticks.ts'
import type { Flaw } from '../yaml/issue.ts'

/** The values that one path of a scenario takes in turn. */
export type Axis = NumberAxis | TextAxis

/**
 * Numbers, each as a whole number of ticks: a tick is the least by which the value can change. Kept as
 * a rule, not as a list: there may be a million.
 */
export interface NumberAxis {
  readonly kind: 'numbers'
  /** As for `--set`. */
  readonly path: string
  readonly unit: NumberUnit
  readonly length: number
  /** Each value is more than the one before. */
  readonly rises: boolean
  readonly tickAt: (index: number) => number
}

/** Words, or any other YAML. */
export interface TextAxis {
  readonly kind: 'texts'
  readonly path: string
  readonly unit: 'text'
  readonly length: number
  readonly textAt: (index: number) => string
}

export type AxisReading =
  | { readonly ok: true; readonly axis: Axis }
  | { readonly ok: false; readonly flaw: Flaw }

/** More points than anyone plots. */
export const mostPoints = 10_000_000

/**
 * Reads the values that `--vary` puts at a path: `100..3000:100`, `1 GiB..64 GiB:x2`, `10%..50%:5%`,
 * or a list, `a,b,c`. The last value of a range is one of its values if a step ends there.
 */
export function readAxis(path: string, text: string): AxisReading {
  const range = /^\s*(\S.*?)\s*\.\.\s*(\S.*?)\s*(?::\s*(\S.*?)\s*)?$/.exec(text)
  if (range === null) return listOf(path, text)
  const [, first = '', last = '', step] = range
  const [from, to] = [numberOf(first), numberOf(last)]
  if (from === undefined || to === undefined) {
    return /^\d/.test(first) && /^\d/.test(last)
      ? failed(
          `\`${from === undefined ? first : last}\` cannot be an end of a range`,
          'a count below 2^53, a size or a percentage, such as `100..3000:100`',
        )
      : listOf(path, text)
  }
  return rangeOf(path, from, to, step)
}

function rangeOf(
  path: string,
  from: NumberRead,
  to: NumberRead,
  step: string | undefined,
): AxisReading {
  const { unit } = from
  if (to.unit !== unit) {
    return failed('the range begins and ends in different units', 'the same unit on both sides')
  }
  if (to.tick < from.tick) {
    return failed('the range ends below its beginning', 'the least value first')
  }
  if (step === undefined) {
    return failed('the range has no step', 'a step behind a colon, such as `:100` or `:x2`')
  }
  const factor = /^[x×](\d{1,9})$/i.exec(step)
  if (factor !== null) return powersOf(path, from, to.tick, Number(factor[1]))
  const by = numberOf(step)
  if (by === undefined || by.tick <= 0 || by.unit !== unit) {
    return failed(`\`${step}\` is no step of this range`, `${stepForms[unit]}, or \`x2\``)
  }
  const length = Math.floor((to.tick - from.tick) / by.tick) + 1
  return sized({
    kind: 'numbers',
    path,
    unit,
    length,
    rises: true,
    tickAt: (index) => from.tick + index * by.tick,
  })
}

const stepForms: Readonly<Record<NumberUnit, string>> = {
  count: 'a whole number above 0',
  bytes: 'a size such as `1 GiB`',
  pages: 'pages, such as `10 pages`',
  percent: 'a percentage such as `5%`',
}

function powersOf(path: string, { unit, tick }: NumberRead, to: number, by: number): AxisReading {
  if (by < 2 || tick <= 0) {
    return failed(`\`x${by}\` never reaches the end`, 'a first value above 0, and `x2` or more')
  }
  const ticks: number[] = []
  for (let value = tick; value <= to; value *= by) ticks.push(value)
  return sized(numbersOf(path, unit, ticks))
}

function numbersOf(path: string, unit: NumberUnit, ticks: readonly number[]): NumberAxis {
  return {
    kind: 'numbers',
    path,
    unit,
    length: ticks.length,
    rises: ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? tick)),
    tickAt: (index) => ticks[index] ?? 0,
  }
}

function sized(axis: Axis): AxisReading {
  if (axis.length <= mostPoints) return { ok: true, axis }
  return failed('the axis has more than 10 million values', 'a larger step')
}

/** Numbers of one unit, so that changes between them are found; else texts. */
function listOf(path: string, text: string): AxisReading {
  const texts = partsOf(text)
  const empty = texts.indexOf('')
  if (empty !== -1) {
    return failed(`value ${empty + 1} of the list is empty`, 'values with commas between them')
  }
  const numbers = texts.map(numberOf)
  const units = new Set(numbers.map((number) => number?.unit))
  const [unit] = units
  if (units.size === 1 && unit !== undefined) {
    return sized(
      numbersOf(
        path,
        unit,
        numbers.map((number) => number?.tick ?? 0),
      ),
    )
  }
  return sized({
    kind: 'texts',
    path,
    unit: 'text',
    length: texts.length,
    textAt: (index) => texts[index] ?? '',
  })
}

/** Parts between commas; one inside quotes, brackets or braces belongs to its part. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = []
  let inside: Inside = { depth: 0, quote: '' }
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at)
    inside = within(inside, sign)
    if (sign !== ',' || inside.depth > 0 || inside.quote !== '') continue
    parts.push(text.slice(start, at).trim())
    start = at + 1
  }
  return [...parts, text.slice(start).trim()]
}

/** What is open at a place of a text. */
interface Inside {
  readonly depth: number
  readonly quote: string
}

function within({ depth, quote }: Inside, sign: string): Inside {
  if (quote !== '') return { depth, quote: sign === quote ? '' : quote }
  if (sign === '"' || sign === "'") return { depth, quote: sign }
  if (sign === '[' || sign === '{') return { depth: depth + 1, quote }
  return { depth: sign === ']' || sign === '}' ? depth - 1 : depth, quote }
}

function failed(message: string, expected: string): AxisReading {
  return { ok: false, flaw: { message, expected } }
}
