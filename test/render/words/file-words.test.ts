import { expect, it } from 'vitest'
import { fileWords } from '../../../src/render/words/file-words.ts'

it('standard input has a name, and any other file has its own', () => {
  expect(['-', 'a.yaml', './-'].map(fileWords)).toEqual(['standard input', 'a.yaml', './-'])
})
