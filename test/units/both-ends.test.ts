import { expect, it } from 'vitest'
import { bothEnds } from '../../src/units/both-ends.ts'

it('a long name keeps its first and its last 120 characters', () => {
  const name = `${'a'.repeat(120)}${'b'.repeat(120)}`
  expect(bothEnds(name)).toBe(name)
  expect(bothEnds(`${'a'.repeat(120)}x${'b'.repeat(120)}`)).toBe(name.replace('ab', 'a…b'))
})
