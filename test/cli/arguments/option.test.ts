import { expect, it } from 'vitest'
import {
  choice,
  endOfPath,
  enumeration,
  flag,
  helpText,
  longName,
  repeatable,
  single,
  text,
} from '../../../src/cli/arguments/option.ts'

const described = { help: 'count to N', commands: ['plan'] } as const

it('takes the long name of an option from its flags', () => {
  expect(longName('--max-risk LEVEL')).toBe('--max-risk')
  expect(longName('-q, --quiet')).toBe('--quiet')
})

it('ends a path at the first = outside the quotes of a name', () => {
  expect(endOfPath('groups.web.processes=3=4')).toBe(20)
  expect(endOfPath('regions["a=b"].size=10 GB')).toBe(19)
  expect(endOfPath(String.raw`regions["a\"]=b"].size=10 GB`)).toBe(22)
  expect(endOfPath('groups["web')).toBe(-1)
  expect(endOfPath('["'.repeat(100_000))).toBe(-1)
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
  const words = ['auto', 'always', 'never'] as const
  const option = choice({ ...described, flags: '--color WHEN', words })
  expect(option.read(['never'])).toBe('never')
  expect(() => option.read(['red'])).toThrow('--color red is invalid; write auto, always or never')
})

it('lists in the help the words that an option takes, and says that it is repeatable', () => {
  const help = 'use colour WHEN'
  const color = choice({ ...described, help, flags: '--color WHEN', words: ['auto', 'never'] })
  expect(helpText(color, 'plan')).toBe('use colour WHEN (auto, never)')
  const name = repeatable({ ...described, flags: '-n, --name TEXT', read: text })
  expect(helpText(name, 'plan')).toBe('count to N; repeatable')
})

it('joins words by commas and the last by or', () => {
  expect(enumeration(['a'])).toBe('a')
  expect(enumeration(['a', 'b'])).toBe('a or b')
  expect(enumeration(['a', 'b', 'c'], 'and')).toBe('a, b and c')
})
