import { expect, test } from 'vitest'
import { groupedBy } from '../../src/units/grouped.ts'

test('items of a key stay in order, and keys are as they first appear', () => {
  const grouped = groupedBy([5, 2, 7, 4], (item) => (item % 2 === 0 ? 'even' : 'odd'))
  expect([...grouped]).toEqual([
    ['odd', [5, 7]],
    ['even', [2, 4]],
  ])
})

test('no items have no key', () => {
  expect(groupedBy([], () => 'any').size).toBe(0)
})
