import { expect, test } from 'vitest'
import { findingIds } from '../../src/workload/finding-ids.ts'
import { everyFinding } from '../render/every-finding.ts'

test('each id belongs to a kind of finding, and no number is used twice', () => {
  expect(new Set(everyFinding.map(({ kind }) => kind))).toEqual(new Set(Object.keys(findingIds)))
  const numbers = Object.values(findingIds)
  expect(new Set(numbers).size).toBe(numbers.length)
})
