import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress, parseByteAddress, writeAddress } from '../../src/units/address.ts'
import { bytes, pages } from '../../src/units/quantity.ts'

const page = bytes(4096)

test.each([
  ['0x0', 0],
  ['0x1000', 1],
  ['0x7f0000000000', 34_091_302_912],
  ['0X7F0000000000', 34_091_302_912],
  ['0x00000000000000001000', 1],
  ['0xfffffffffffff000', 4_503_599_627_370_495],
])('%s begins page %i', (text, expected) => {
  expect(parseAddress(text, page)).toEqual({ ok: true, page: expected })
})

test.each([
  ['0x1001', 'not-aligned'],
  ['0xfff', 'not-aligned'],
  ['0x10000000000000000', 'too-large'],
  ['4096', 'not-an-address'],
  ['7f00', 'not-an-address'],
  ['0x', 'not-an-address'],
  ['0x1_000', 'not-an-address'],
  ['-0x1000', 'not-an-address'],
])('%s is %s', (text, fault) => {
  expect(parseAddress(text, page)).toEqual({ ok: false, fault })
})

test('an address is read back as it was written, up to the top of a 57-bit space', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (index) => {
      const text = writeAddress(pages(index), page)
      expect(parseAddress(text, page)).toEqual({ ok: true, page: index })
    }),
    { numRuns: 1000 },
  )
})

test('the address of any byte is read', () => {
  expect(parseByteAddress('0x7F0000000123')).toBe(0x7f0000000123n)
  expect(parseByteAddress('0x000000000000000000001')).toBe(1n)
  expect(parseByteAddress('7f')).toBe('not-an-address')
  expect(parseByteAddress('0x10000000000000000')).toBe('too-long')
})
