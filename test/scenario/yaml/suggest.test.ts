import { expect, test } from 'vitest'
import { goesThrough, nearest } from '../../../src/scenario/yaml/suggest.ts'

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

test.each([
  [['groups', 'clients', 'processes'], ['groups', 'clients', 'proceses'], true],
  [['groups', 'clients', 'processes'], ['groups', 'clients'], true],
  [['groups', 'clients', 'processes'], ['gruops'], true],
  [['groups', 'clients', 'processes'], ['groups', 'clients', 'private'], false],
  [['groups', 'clients'], ['groups', 'clients', 'processes'], false],
  [['groups', 'clients', 'processes'], ['regions', 'clients', 'processes'], false],
  [['groups'], [], false],
])('%j goes through %j: %s', (path, wrong, is) => {
  expect(goesThrough(path, wrong)).toBe(is)
})
