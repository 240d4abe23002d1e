import { expect, it } from 'vitest'
import { worstStatus } from '../../../src/cli/output/status.ts'

it('takes the first that occurs of 70, 2, 3, 1, 0', () => {
  expect(worstStatus([])).toBe(0)
  expect(worstStatus([0, 1])).toBe(1)
  expect(worstStatus([0, 1, 3])).toBe(3)
  expect(worstStatus([3, 2, 1])).toBe(2)
  expect(worstStatus([2, 70, 3])).toBe(70)
})
