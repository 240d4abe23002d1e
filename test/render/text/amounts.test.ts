import { describe, expect, test } from 'vitest'
import { amounts, unitOfAlike } from '../../../src/render/text/amounts.ts'

const gib = 2 ** 30

describe('amounts of one sentence', () => {
  test('have each its own unit', () => {
    expect(amounts(300 * gib, 4096, 0)).toEqual(['300.0 GiB', '4.0 KiB', '0 B'])
  })

  test('that are unequal and read alike are exact, in one unit', () => {
    expect(amounts(gib, gib + 4096)).toEqual(['1,048,576 KiB', '1,048,580 KiB'])
    expect(unitOfAlike(gib, [gib, gib + 4096])?.name).toBe('KiB')
  })

  test('that are equal stay as they read best', () => {
    expect(amounts(gib, gib)).toEqual(['1.0 GiB', '1.0 GiB'])
    expect(unitOfAlike(gib, [gib, gib])).toBeUndefined()
  })
})
