import { expect, it } from 'vitest'
import {
  enumeration,
  flag,
  longName,
  oneOf,
  repeatable,
  single,
  text,
} from '../../../src/cli/arguments/option.ts'

const described = { help: 'count to N', commands: ['plan'] } as const

it('takes the long name of an option from its flags', () => {
  expect(longName('--max-risk LEVEL')).toBe('--max-risk')
  expect(longName('-q, --quiet')).toBe('--quiet')
})

it('reads the last of several values, or all of an option that is repeatable', () => {
  const read = (typed: string) => Number(typed)
  expect(single({ ...described, flags: '--count N', read }).read(['1', '2'])).toBe(2)
  expect(repeatable({ ...described, flags: '--count N', read }).read(['1', '2'])).toEqual([1, 2])
  expect(flag({ ...described, flags: '-c, --count' }).read([])).toBe(true)
})

it('names the option that a reader complains about', () => {
  const option = repeatable({ ...described, flags: '-n, --name TEXT', read: text })
  expect(option.read(['one'])).toEqual(['one'])
  expect(() => option.read([''])).toThrow('--name is empty; write a value')
})

it('accepts one of some words and lists them for any other', () => {
  const read = oneOf(['auto', 'always', 'never'])
  expect(read('never', '--color')).toBe('never')
  expect(() => read('red', '--color')).toThrow(
    '--color red is invalid; write auto, always or never',
  )
})

it('joins words by commas and the last by or', () => {
  expect(enumeration(['a'])).toBe('a')
  expect(enumeration(['a', 'b'])).toBe('a or b')
  expect(enumeration(['a', 'b', 'c'], 'and')).toBe('a, b and c')
})
