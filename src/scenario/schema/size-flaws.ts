import { bytes } from '../../units/quantity.ts'
import { parseShare } from '../../units/share.ts'
import type { SizeFault } from '../../units/size.ts'
import { parseSize, unitNames, writeSize } from '../../units/size.ts'
import type { Flaw } from '../yaml/issue.ts'

type Teller = (written: string, key: string) => Flaw

/** The smallest base page of any layout: what is too large with it is too large with all. */
const smallestPage = bytes(4096)

/** What a key takes: a size alone, or a size or a percentage. */
export type Wanted = 'size' | 'size-or-share'

const expectedFor: Readonly<Record<Wanted, string>> = {
  size: 'a size with a unit, such as `300 GB`, or `1000 pages`',
  'size-or-share':
    'a size with a unit, such as `300 GB`, or `1000 pages`; or a percentage, such as `10%`',
}

/** Says what is wrong with a value that should be a size; `undefined` where nothing is. */
export function flawOfSize(value: unknown, wanted: Wanted = 'size'): Teller | undefined {
  if (typeof value === 'number') {
    return (written, key) => flawOfBareNumber(value, written, key, wanted)
  }
  if (typeof value !== 'string') {
    return (written) => ({
      message: `\`${written}\` is not a size`,
      expected: expectedFor[wanted],
    })
  }
  const reading = parseSize(value, smallestPage)
  return reading.ok ? undefined : (_, key) => describeSizeFault(reading.fault, value, key, wanted)
}

/** What is wrong with a value that should be a percentage. */
export function flawOfShare(value: string): Teller | undefined {
  if (parseShare(value) !== undefined) return undefined
  return (written) => ({
    message: `\`${written}\` is not a percentage`,
    expected: 'a percentage from `0%` to `100%`',
  })
}

/** A fault in words. */
export function describeSizeFault(
  fault: SizeFault,
  written: string,
  key = '',
  wanted: Wanted = 'size',
): Flaw {
  switch (fault.kind) {
    case 'no-unit':
      return flawOfBareNumber(Number(written), written.trim(), key, wanted)
    case 'unknown-unit':
      return {
        message: `\`${fault.unit}\` is not a unit`,
        expected: `one of ${unitNames.join(' ')} (all powers of two; KB and K are KiB) or pages`,
        ...suggestUnit(fault.unit, written),
      }
    case 'negative':
      return { message: `\`${written}\` is negative`, expected: 'a size of 0 B or more' }
    case 'not-whole':
      return {
        message: `\`${written}\` is not a whole number of ${/pages/i.test(written) ? 'pages' : 'bytes'}`,
        expected: 'decimals that result in a whole number',
      }
    case 'too-large':
      return {
        message: `\`${written}\` is too large`,
        expected: 'less than 8 PiB: at most 2^53 − 1 bytes',
      }
    case 'not-a-size':
      return {
        message: `\`${written}\` is not a size`,
        expected: expectedFor[wanted],
        ...withoutSeparators(written),
      }
  }
}

function flawOfBareNumber(value: number, written: string, key: string, wanted: Wanted): Flaw {
  const expected = expectedFor[wanted]
  if (!Number.isFinite(value)) return { message: `\`${written}\` is not a size`, expected }
  if (value < 0) return { message: `\`${written}\` is negative, and has no unit`, expected }
  return {
    message: `sizes need a unit: \`${written}\` has none`,
    expected,
    ...suggestSize(value, written, key, wanted),
  }
}

function suggestSize(
  value: number,
  written: string,
  key: string,
  wanted: Wanted,
): { readonly suggestion: string } {
  if (value === 0) return { suggestion: 'write `0 B`' }
  if (value < 2 ** 20) {
    const isShare = wanted === 'size-or-share' && parseShare(`${written}%`) !== undefined
    const share = isShare ? ` or \`${written}%\`` : ''
    return { suggestion: `did you mean \`${written} ${usualUnits.get(key) ?? 'GB'}\`${share}?` }
  }
  return Number.isSafeInteger(value)
    ? { suggestion: `if these are bytes, write \`${writeSize(bytes(value))}\`` }
    : { suggestion: 'write it with a unit, such as `300 GB`' }
}

/** What people think in where it is not gigabytes. */
const usualUnits: ReadonlyMap<string, string> = new Map([
  ['private', 'MB'],
  ['lockedPrivate', 'MB'],
  ['minFree', 'MB'],
  ['every', 'MB'],
  ['in', 'MB'],
  ['baseTables', 'KB'],
  ['kernelMemory', 'KB'],
  ['random', 'pages'],
  ['first', 'pages'],
])

function suggestUnit(unit: string, written: string): { readonly suggestion?: string } {
  const number = written.trim().slice(0, -unit.length).trim()
  if (/^pg?s?$|^page/i.test(unit)) return { suggestion: `did you mean \`${number} pages\`?` }
  const letter = unit.charAt(0).toUpperCase()
  if (letter === 'B') return { suggestion: `did you mean \`${number} B\`?` }
  if (!'KMGTP'.includes(letter)) return {}
  return { suggestion: `did you mean \`${number} ${letter}B\`?` }
}

function withoutSeparators(written: string): { readonly suggestion?: string } {
  const joined = written.replace(/(\d)[_,' ](?=\d)/g, '$1')
  const right = joined !== written && parseSize(joined, smallestPage).ok
  return right ? { suggestion: `did you mean \`${joined}\`?` } : {}
}
