import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exactBytes,
  formatBytes,
  formatCount,
  formatDecimal,
  formatLeastBytes,
  formatMostBytes,
  formatPercent,
  formatShare,
  inUnit,
  unitFor,
} from '../../src/units/format.ts'

const amount = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })

describe('bytes for people', () => {
  test.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1.0 KiB'],
    [4096, '4.0 KiB'],
    [945_567_744_000, '880.6 GiB'],
    [630_382_592, '601.2 MiB'],
    [-727_792_198_656, '-677.8 GiB'],
    [2 ** 40 - 1, '1.0 TiB'],
    [Number.MAX_SAFE_INTEGER, '8.0 PiB'],
    [2n ** 60n, '1.0 EiB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test.each([
    [943_718_400_000, '878.90625 GiB'],
    [630_382_592, '615,608 KiB'],
    [512 * 2 ** 30, '512 GiB'],
    [4096 + 1, '4,097 B'],
    [Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991 B'],
    [0, '0 B'],
  ])('%d is exactly %s', (bytes, text) => {
    expect(exactBytes(bytes)).toBe(text)
  })

  test('half a unit of the last decimal is rounded away from zero', () => {
    const kib = unitFor(1024)
    expect(inUnit(1024 + 51, kib)).toBe('1.0')
    expect(inUnit(1024 + 52, kib)).toBe('1.1')
    expect(inUnit(-1024 - 52, kib)).toBe('-1.1')
  })

  test('what is said exactly can be read back to the byte', () => {
    fc.assert(
      fc.property(amount, (bytes) => {
        const [number = '', unit = ''] = exactBytes(bytes).split(' ')
        const power = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].indexOf(unit)
        const [whole = '', decimals = ''] = number.replaceAll(',', '').split('.')
        const digits = BigInt(whole + decimals) * 1024n ** BigInt(power)
        expect(digits).toBe(BigInt(bytes) * 10n ** BigInt(decimals.length))
      }),
    )
  })

  test('what is rounded is off by half of the last decimal at most', () => {
    fc.assert(
      fc.property(amount, (bytes) => {
        const unit = unitFor(bytes)
        const shown = BigInt(inUnit(bytes, unit, 1).replaceAll(/[,.]/g, ''))
        const scale = unit.name === 'B' ? 1n : 10n
        const off = shown * unit.bytes - BigInt(bytes) * scale
        expect((off < 0n ? -off : off) * 2n <= unit.bytes).toBe(true)
      }),
    )
  })
})

describe('counts and shares', () => {
  test('thousands are separated by commas', () => {
    expect(formatCount(230_400_000)).toBe('230,400,000')
    expect(formatCount(999)).toBe('999')
    expect(formatCount(-1000)).toBe('-1,000')
    expect(formatDecimal(152_705.4521988, 2)).toBe('152,705.45')
    expect(formatDecimal(-0.001, 1)).toBe('0.0')
  })

  test('nearly all is not 100 %, and nearly nothing is not 0 %', () => {
    expect(formatPercent(1)).toBe('100.0 %')
    expect(formatPercent(0)).toBe('0.0 %')
    expect(formatPercent(0.99933)).toBe('99.9 %')
    expect(formatPercent(0.99997)).toBe('99.997 %')
    expect(formatPercent(0.0000012)).toBe('0.0001 %')
    expect(formatPercent(1.7204)).toBe('172.0 %')
  })
})

test('a share of memory has the decimals that matter at its size', () => {
  const shares = [0, 0.00001, 0.0005, 0.0521, 0.0999, 0.1, 1.72, 77.6]
  expect(shares.map(formatShare)).toEqual([
    '0 %',
    '<0.01 %',
    '0.05 %',
    '5.2 %',
    '10 %',
    '10 %',
    '172 %',
    '×78',
  ])
})

test('a least amount is rounded up, at every magnitude', () => {
  const [gib, tib] = [2 ** 30, 2 ** 40]
  expect([120 * gib, 120 * gib + 1, tib + 210 * gib, 512, 1023].map(formatLeastBytes)).toEqual([
    '120.0 GiB',
    '120.1 GiB',
    '1.3 TiB',
    '512 B',
    '1,023 B',
  ])
})

test('a most amount is rounded down, in a unit of which there is at least one', () => {
  const [gib, tib] = [2 ** 30, 2 ** 40]
  expect(
    [120 * gib, 120 * gib - 1, tib - 1, tib + 210 * gib, 1023, 0].map(formatMostBytes),
  ).toEqual(['120.0 GiB', '119.9 GiB', '1,023.9 GiB', '1.2 TiB', '1,023 B', '0 B'])
})
