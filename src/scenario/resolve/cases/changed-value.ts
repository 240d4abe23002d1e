import type { NumberUnit } from '../../../units/ticks.ts'
import { numberOf, textOfTick, ticksPerPercent } from '../../../units/ticks.ts'
import type { Flaw } from '../../yaml/issue.ts'
import type { PlainData } from '../../yaml/plain-data.ts'

/** A number of a scenario in ticks, which a factor may carry past 2^53. */
interface Amount {
  readonly unit: NumberUnit
  readonly ticks: bigint
}

/**
 * What a case makes of a value: `x2` multiplies it, `+40` adds to it, both rounded up to whole ticks; anything
 * else replaces it. A share that is added, `+10%`, is one of the value, and of a percentage that many points.
 */
export function changedValue(
  written: PlainData,
  present: PlainData,
): { readonly value: PlainData; readonly change?: string } | { readonly flaw: Flaw } {
  if (isRange(written)) return { flaw: noRange }
  const change = typeof written === 'string' ? changeIn(written) : undefined
  const amount = amountOf(present)
  if (change === undefined) {
    const isChange = amount !== undefined && /^\s*[x×+] ?-?[\d.]/.test(String(written))
    return isChange ? { flaw: noChange(String(written)) } : { value: written }
  }
  if (amount === undefined)
    return isText(present) ? { value: written } : { flaw: nothingTo(change) }
  const ticks = change.apply(amount)
  if (ticks === undefined) {
    const message = `\`${change.text}\` cannot be added to \`${String(present)}\``
    return { flaw: { message, expected: 'an amount in the same unit, or a percentage' } }
  }
  return { value: textOf({ ...amount, ticks }), change: change.text }
}

function noChange(written: string): Flaw {
  return {
    message: `\`${written}\` does not say how the value changes`,
    expected: '`x` and at most 9 digits and 6 decimals, such as `x1.5`; or `+` and an amount',
  }
}

/** A mapping with both ends of a range, and nothing else. */
function isRange(value: PlainData): boolean {
  if (typeof value !== 'object' || value === null) return false
  return /^(?:from,to|p50,p95)$/.test(Object.keys(value).sort().join())
}

const noRange: Flaw = {
  message: 'a case cannot have a range',
  expected: 'one value; a range belongs to the scenario itself',
}

interface Change {
  readonly text: string
  readonly apply: (amount: Amount) => bigint | undefined
}

function changeIn(written: string): Change | undefined {
  const text = written.trim()
  const factor = /^[x×] ?(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text)
  if (factor !== null) {
    const [, whole = '', decimals = ''] = factor
    const [by, of] = [BigInt(whole + decimals), 10n ** BigInt(decimals.length)]
    return { text, apply: ({ ticks }) => ceiling(ticks * by, of) }
  }
  const added = /^\+ ?(\d.*)$/.exec(text)?.[1]
  const more =
    added === undefined ? undefined : amountOf(/^\d+$/.test(added) ? Number(added) : added)
  if (more === undefined) return undefined
  return { text, apply: (amount) => sum(amount, more) }
}

function sum({ unit, ticks }: Amount, more: Amount): bigint | undefined {
  if (more.unit === unit) return ticks + more.ticks
  if (more.unit !== 'percent') return undefined
  return ticks + ceiling(ticks * more.ticks, 100n * BigInt(ticksPerPercent))
}

function ceiling(value: bigint, by: bigint): bigint {
  const rest = value % by
  return value / by + (rest > 0n ? 1n : 0n)
}

function amountOf(value: PlainData): Amount | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { unit: 'count', ticks: BigInt(value) } : undefined
  }
  const read = typeof value === 'string' ? numberOf(value.trim()) : undefined
  if (read === undefined || read.unit === 'count') return undefined
  return { unit: read.unit, ticks: BigInt(read.tick) }
}

/** What is past 2^53 is refused where the value is checked, as any other that is too large. */
function textOf({ unit, ticks }: Amount): PlainData {
  if (unit === 'count') return Number(ticks)
  if (unit === 'bytes' && ticks > Number.MAX_SAFE_INTEGER) return `${ticks} B`
  return textOfTick(unit, Number(ticks))
}

/** A word, such as the name of a region: one may be called x2. */
function isText(value: PlainData): boolean {
  return typeof value === 'string'
}

function nothingTo({ text }: Change): Flaw {
  return {
    message: `\`${text}\` changes a number, and the scenario has none at this path`,
    expected:
      'the path of a count, size or percentage in this file, or a value in place of the change',
  }
}
