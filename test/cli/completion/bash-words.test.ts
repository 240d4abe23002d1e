import { describe, expect, it } from 'vitest'
import { joinBashWords } from '../../../src/cli/completion/bash-words.ts'

/** As bash 5.2 hands them over, asked in a terminal; the cursor is at the end of the line. */
function words(line: string, pieces: readonly string[], at = pieces.length - 1) {
  return joinBashWords({ pieces, at, line, point: line.length })
}

describe('the pieces of a line', () => {
  it.each([
    ['x --set a.b=3', ['x', '--set', 'a.b', '=', '3'], ['x', '--set', 'a.b=3'], '3'],
    ['x --set a=', ['x', '--set', 'a', '='], ['x', '--set', 'a='], ''],
    ['x --set a= ', ['x', '--set', 'a', '=', ''], ['x', '--set', 'a=', ''], ''],
    ['x a:b c\\ d', ['x', 'a', ':', 'b', 'c\\ d'], ['x', 'a:b', 'c\\ d'], 'c\\ d'],
    ['x u@h', ['x', 'u', '@', 'h'], ['x', 'u@h'], '@h'],
    ['x u@', ['x', 'u', '@'], ['x', 'u@'], '@'],
    ["x --a='b c=d", ['x', '--a', '=', "'b c=d"], ['x', "--a='b c=d"], 'b c=d'],
    ['x gro."id le', ['x', 'gro."id le'], ['x', 'gro."id le'], 'id le'],
    ["x 'done'y", ['x', "'done'y"], ['x', "'done'y"], "'done'y"],
    ['x back\\', ['x', 'back\\'], ['x', 'back\\'], 'back\\'],
  ])('%s are put together', (line, pieces, expected, replaced) => {
    expect(words(line, pieces)).toEqual({ words: expected, at: expected.length - 1, replaced })
  })

  it('are put together at signs where bash does not tell the line', () => {
    expect(words('', ['x', '--set', 'a', '=', '3', 'b'])).toMatchObject({
      words: ['x', '--set', 'a=3', 'b'],
    })
    expect(words('another line', ['x', 'a', ':', ''])).toMatchObject({ words: ['x', 'a:', ''] })
  })

  it('end at the cursor, and what follows in the same word is dropped', () => {
    const pieces = ['x', 'a', '=', 'bcd', 'e', '=', 'f']
    const line = 'x a=bcd e=f'
    expect(joinBashWords({ pieces, at: 3, line, point: 'x a=b'.length })).toEqual({
      words: ['x', 'a=b', 'e=f'],
      at: 1,
      replaced: 'b',
    })
    expect(joinBashWords({ pieces, at: 1, line, point: 'x a'.length })).toEqual({
      words: ['x', 'a', 'e=f'],
      at: 1,
      replaced: 'a',
    })
  })
})
