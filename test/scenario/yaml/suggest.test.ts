import { expect, test } from 'vitest'
import { nearest } from '../../../src/scenario/yaml/suggest.ts'

const keys = ['memory', 'layout', 'hugepages', 'hugepageSizes', 'posix-shm']

test.each([
  ['a letter that is missing', 'memry', 'memory'],
  ['neighbours that are swapped', 'mmeory', 'memory'],
  ['capital letters', 'LAYOUT', 'layout'],
  ['a third of the letters wrong', 'mexxry', 'memory'],
  ['the beginning of one', 'posix', 'posix-shm'],
  ['the nearer of two', 'hugepage', 'hugepages'],
])('%s is a mistake: %s', (_, word, meant) => {
  expect(nearest(word, keys)).toBe(meant)
})

test.each([
  ['more than a third of the letters wrong', 'mxxxry'],
  ['another word', 'swap'],
  ['nothing', ''],
  ['a word longer than any mistake', 'memory'.repeat(11)],
])('%s is no mistake: %s', (_, word) => {
  expect(nearest(word, keys)).toBeUndefined()
})

test('the beginning of several that are as long is none of them', () => {
  expect(nearest('post', ['post-one', 'post-two'])).toBeUndefined()
})
