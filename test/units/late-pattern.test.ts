import { expect, it } from 'vitest'
import { latePattern } from '../../src/units/late-pattern.ts'

it('makes the pattern when it is first asked for, and once', () => {
  const wrong = latePattern('(', 'u')
  expect(wrong).toThrow(SyntaxError)
  const marks = latePattern(String.raw`\p{M}`, 'u')
  expect(marks()).toEqual(/\p{M}/u)
  expect(marks()).toBe(marks())
})
