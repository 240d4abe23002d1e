import { describe, expect, test } from 'vitest'
import { places, withRegion } from '../reading.ts'

describe('copies is an issue at its place', () => {
  test.each([
    [
      'a group that maps copies of a region without being several',
      withRegion('size: 300 GB, copies: 3'),
      '11:22 `sga` has 3 copies, but group `clients` has 1 copy',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
