import { describe, expect, test } from 'vitest'
import {
  amounts,
  givenBytes,
  listed,
  processCount,
  quoted,
  unitOfAlike,
} from '../../../src/render/text/amounts.ts'

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

describe('an amount that somebody chose', () => {
  test('has no decimals', () => {
    expect(givenBytes(512 * gib)).toBe('512 GiB')
    expect(givenBytes(48 * 1024)).toBe('48 KiB')
  })

  test('has one if it was measured', () => {
    expect(givenBytes(gib + 4096)).toBe('1.0 GiB')
    expect(givenBytes(1.5 * gib)).toBe('1.5 GiB')
  })
})

test('a name is quoted if it would not read as one word', () => {
  expect(quoted('clients')).toBe('clients')
  expect(quoted('idle backends')).toBe('"idle backends"')
  expect(quoted('db:1')).toBe('"db:1"')
  expect(quoted('the "big" one')).toBe('"the \\"big\\" one"')
  expect(quoted('`two words`')).toBe('`two words`')
})

test('parts are listed as people list them', () => {
  expect(listed([])).toBe('')
  expect(listed(['a'])).toBe('a')
  expect(listed(['a', 'b'])).toBe('a and b')
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
})

test('one process is not processes', () => {
  expect(processCount(1)).toBe('1 process')
  expect(processCount(1500)).toBe('1,500 processes')
})
