import { expect, it } from 'vitest'
import { listCompletion } from '../../../src/cli/completion/list-completion.ts'

const words = ['levels', 'risk', 'all']
const texts = (typed: string) => listCompletion(words, typed).candidates.map(({ text }) => text)

it('offers every word first, then those that the list lacks', () => {
  expect(texts('')).toEqual(words)
  expect(texts('ris')).toEqual(words)
  expect(listCompletion(words, 'levels,ri').before).toBe('levels,')
  expect(texts('levels,ri')).toEqual(['risk', 'all'])
  expect(texts('all,levels,risk,')).toEqual([])
})

it('leaves the list open for a comma', () => {
  expect(listCompletion(words, '').candidates.every(({ isOpen }) => isOpen)).toBe(true)
})
