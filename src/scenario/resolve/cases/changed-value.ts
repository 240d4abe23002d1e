import { bytes } from '../../../units/quantity.ts'
import { parseSize, writeSize } from '../../../units/size.ts'
import type { Flaw } from '../../yaml/issue.ts'
import type { PlainData } from '../../yaml/plain-data.ts'

/** A number of a scenario as a whole number of its least parts. */
interface Amount {
  readonly unit: Unit
  readonly parts: bigint
}

type Unit = 'count' | 'bytes' | 'pages' | 'percent'

/**
 * What a case makes of a value: `x2` multiplies it, `+40` adds to it, both rounded up to whole parts; anything
 * else replaces it. A share that is added, `+10%`, is one of the value, and of a percentage that many points.
 */
export function changedValue(
  written: PlainData,
  present: PlainData,
): { readonly value: PlainData; readonly change?: string } | { readonly flaw: Flaw } {
  if (isRange(written)) return { flaw: noRange }
  const change = typeof written === 'string' ? changeIn(written) : undefined
  if (change === undefined) return { value: written }
  const amount = amountOf(present)
  if (amount === undefined)
    return isText(present) ? { value: written } : { flaw: nothingTo(change) }
  const parts = change.apply(amount)
  if (parts === undefined) {
    const message = `\`${change.text}\` cannot be added to \`${String(present)}\``
    return { flaw: { message, expected: 'an amount in the same unit, or a percentage' } }
  }
  return { value: textOf({ ...amount, parts }), change: change.text }
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
    return { text, apply: ({ parts }) => ceiling(parts * by, of) }
  }
  const added = /^\+ ?(\d.*)$/.exec(text)?.[1]
  const more =
    added === undefined ? undefined : amountOf(/^\d+$/.test(added) ? Number(added) : added)
  if (more === undefined) return undefined
  return { text, apply: (amount) => sum(amount, more) }
}

function sum({ unit, parts }: Amount, more: Amount): bigint | undefined {
  if (more.unit === unit) return parts + more.parts
  if (more.unit !== 'percent') return undefined
  return parts + ceiling(parts * more.parts, 100n * partsPerPercent)
}

const partsPerPercent = 10_000n

function ceiling(value: bigint, by: bigint): bigint {
  const rest = value % by
  return value / by + (rest > 0n ? 1n : 0n)
}

function amountOf(value: PlainData): Amount | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { unit: 'count', parts: BigInt(value) } : undefined
  }
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const pages = /^(\d{1,15}) *pages$/i.exec(text)
  if (pages !== null) return { unit: 'pages', parts: BigInt(pages[1] ?? '') }
  const percent = /^(\d{1,3})(?:\.(\d{1,4}))? *%$/.exec(text)
  if (percent !== null) {
    const [, whole = '', decimals = ''] = percent
    return { unit: 'percent', parts: BigInt(whole + decimals.padEnd(4, '0')) }
  }
  const size = parseSize(text, bytes(1))
  return size.ok ? { unit: 'bytes', parts: BigInt(size.bytes) } : undefined
}

/** What is past 2^53 is refused where the value is checked, as any other that is too large. */
function textOf({ unit, parts }: Amount): PlainData {
  switch (unit) {
    case 'count':
      return Number(parts)
    case 'bytes':
      return parts > Number.MAX_SAFE_INTEGER ? `${parts} B` : writeSize(bytes(Number(parts)))
    case 'pages':
      return `${parts} pages`
    case 'percent':
      return `${Number(parts) / Number(partsPerPercent)}%`
  }
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
