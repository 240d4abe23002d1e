import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytes } from '../../src/units/quantity.ts'
import { parseSize, writeSize } from '../../src/units/size.ts'

const page = bytes(4096)
const inBytes = (text: string) => {
  const reading = parseSize(text, page)
  return reading.ok ? reading.bytes : reading.fault.kind
}

describe('sizes are powers of two, in any case, with or without space', () => {
  test.each([
    ['0 B', 0],
    ['1B', 1],
    ['4096b', 4096],
    ['1 K', 1024],
    ['1 KB', 1024],
    ['1 KiB', 1024],
    ['1 kib', 1024],
    ['1M', 1_048_576],
    ['6 MB', 6_291_456],
    ['1 MiB', 1_048_576],
    ['300 GB', 322_122_547_200],
    ['300GB', 322_122_547_200],
    ['300 gb', 322_122_547_200],
    ['300 GiB', 322_122_547_200],
    ['300 g', 322_122_547_200],
    ['  300   GB  ', 322_122_547_200],
    ['1 TB', 1_099_511_627_776],
    ['30 TiB', 32_985_348_833_280],
    ['1 P', 1_125_899_906_842_624],
    ['7 PiB', 7_881_299_347_898_368],
    ['1.5 TiB', 1_649_267_441_664],
    ['0.5 KB', 512],
    ['.5 KB', 512],
    ['0.1875 KiB', 192],
    ['1.0 B', 1],
    ['1000 pages', 4_096_000],
    ['1 PAGES', 4096],
    ['2.0 pages', 8192],
    ['0000300 GB', 322_122_547_200],
    ['9007199254740991 B', 9_007_199_254_740_991],
    ['8796093022207.9990234375 K', 9_007_199_254_740_991],
    ['0.0000000000000008881784197001252323389053344726562500 PiB', 1],
  ])('%s', (text, expected) => {
    expect(inBytes(text)).toBe(expected)
  })
})

describe('what is no size says why', () => {
  test.each([
    ['300', 'no-unit'],
    ['1.5', 'no-unit'],
    ['-300', 'negative'],
    ['-1 GB', 'negative'],
    ['300 GX', 'unknown-unit'],
    ['300 gigabytes', 'unknown-unit'],
    ['1 EB', 'unknown-unit'],
    ['1 page', 'unknown-unit'],
    ['0.1 KB', 'not-whole'],
    ['1.5 B', 'not-whole'],
    ['1.5 pages', 'not-whole'],
    ['0.0000000000000000000000000000000000000000000000000001 PiB', 'not-whole'],
    ['8 PiB', 'too-large'],
    ['9007199254740992 B', 'too-large'],
    ['99999999999999999999999999 GB', 'too-large'],
    ['2199023255552 pages', 'too-large'],
    ['', 'not-a-size'],
    ['GB', 'not-a-size'],
    ['1_000 MB', 'not-a-size'],
    ['1,000 MB', 'not-a-size'],
    ['1e3 MB', 'not-a-size'],
    ['0x10 MB', 'not-a-size'],
    ['+1 MB', 'not-a-size'],
    ['1. GB', 'not-a-size'],
    ['.inf', 'not-a-size'],
    ['NaN GB', 'not-a-size'],
    ['٣ GB', 'not-a-size'],
  ])('%s: %s', (text, fault) => {
    expect(inBytes(text)).toBe(fault)
  })
})

test('a number of a million digits is refused at once', () => {
  expect(inBytes(`${'9'.repeat(1e6)} GB`)).toBe('too-large')
  expect(inBytes(`0.${'1'.repeat(1e6)} GB`)).toBe('not-whole')
})

test('pages are those of the layout', () => {
  expect(parseSize('2 pages', bytes(65_536))).toEqual({ ok: true, bytes: 131_072 })
})

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [1023, '1023 B'],
  [1536, '1536 B'],
  [163_840, '160 KiB'],
  [322_122_547_200, '300 GiB'],
  [7_881_299_347_898_368, '7 PiB'],
])('%i bytes are written %s', (size, text) => {
  expect(writeSize(bytes(size))).toBe(text)
})

test('whatever is written is read back to the byte', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(50), (size, power) => {
      const even = bytes(size - (size % 2 ** power))
      expect(inBytes(writeSize(even))).toBe(even)
    }),
    { numRuns: 1000 },
  )
})
