import { describe, expect, test } from 'vitest'
import { remembering } from '../../src/units/remembered.ts'

describe('an answer that is remembered for an object', () => {
  const made: string[] = []
  const remember = remembering<object, string>()
  const ask = (key: object, inputs: readonly unknown[], name: string): string =>
    remember(key, inputs, () => {
      made.push(name)
      return name
    })
  const [one, other, layout] = [{}, {}, {}]

  test('is made once for the same inputs', () => {
    expect(ask(one, [layout, 1], 'first')).toBe('first')
    expect(ask(one, [layout, 1], 'again')).toBe('first')
    expect(made).toEqual(['first'])
  })

  test('is made anew for another input, or for fewer', () => {
    expect(ask(one, [layout, 2], 'two')).toBe('two')
    expect(ask(one, [layout], 'fewer')).toBe('fewer')
    expect(ask(one, [{}, 2], 'equal object')).toBe('equal object')
  })

  test('is not that of another object', () => {
    expect(ask(other, [{}, 2], 'other')).toBe('other')
  })
})
