import { describe, expect, test } from 'vitest'
import { places, variant, withMap, withRegion } from '../reading.ts'

test('mappings with addresses that overlap are told at the later one', () => {
  const maps = '[{ region: sga, at: 0x100000000000 }, { region: sga, at: 0x104000000000 }]'
  expect(places(variant(['[{ region: sga }]', maps]))).toEqual([
    '11:68 overlaps maps[0], which takes 0x100000000000 to 0x104b00000000',
  ])
})

describe('a mapping without a place is an issue at its place', () => {
  test.each([
    [
      'an end beyond user space',
      withMap('at: 0x7fff00000000'),
      '11:31 this mapping ends outside the address space of a process on x86-64',
    ],
    [
      'what finds no place',
      withRegion('size: 200 TiB'),
      '11:12 no room for 200 TiB above the middle of the address space',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
