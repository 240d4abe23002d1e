import { expect, test } from 'vitest'
import { standingWords, verdictWords } from '../../../src/render/words/standing-words.ts'

test('a verdict is loud, the same inside a sentence is not, and neither is an id', () => {
  expect(verdictWords['no-start']).toBe('CANNOT START')
  expect(standingWords['no-start']).toBe('does not start')
  expect(verdictWords.oom).toBe('OUT OF MEMORY')
  expect(Object.values(verdictWords).every((word) => word === word.toUpperCase())).toBe(true)
  expect(Object.values(standingWords).every((word) => word === word.toLowerCase())).toBe(true)
  expect(Object.values(standingWords)).not.toContain('oom')
})
