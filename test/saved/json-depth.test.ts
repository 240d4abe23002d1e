import { describe, expect, test } from 'vitest'
import { isTooDeep } from '../../src/saved/json-depth.ts'
import { readSaved } from '../../src/saved/read-saved.ts'

const nested = (depth: number, inside = ''): string =>
  `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`

describe('a JSON text that is nested too deeply', () => {
  test('is one with more than a hundred lists and objects in one another', () => {
    expect(isTooDeep(nested(100))).toBe(false)
    expect(isTooDeep(nested(101))).toBe(true)
    expect(isTooDeep(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`)).toBe(true)
    expect(isTooDeep(`[${`${nested(60)},`.repeat(9)}1]`)).toBe(false)
  })

  test('is not one with brackets in strings, whatever is escaped there', () => {
    const brackets = '['.repeat(200)
    const texts = [
      `["${brackets}"]`,
      `["\\"${brackets}"]`,
      `["\\\\\\"${brackets}"]`,
      `["${brackets}`,
    ]
    expect(texts.map(isTooDeep)).toEqual([false, false, false, false])
    // The string ends before them: its last backslash is escaped itself.
    expect(isTooDeep(`["\\\\",${brackets}`)).toBe(true)
  })

  test('is refused as a saved result before it is parsed', () => {
    const text = `{"schema":"mshare-plan/result/1","x":${nested(1_000_000)}}`
    const reading = readSaved(text, 'deep.json')
    expect(reading.ok ? [] : reading.issues.map(({ message }) => message)).toEqual([
      'nested too deeply for a result',
    ])
  })
})
