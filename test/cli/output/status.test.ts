import { expect, it } from 'vitest'
import { statusOfVerdicts, worstStatus } from '../../../src/cli/output/status.ts'

it('takes the first that occurs of 70, 2, 3, 1, 0', () => {
  expect(worstStatus([])).toBe(0)
  expect(worstStatus([0, 1])).toBe(1)
  expect(worstStatus([0, 1, 3])).toBe(3)
  expect(worstStatus([3, 2, 1])).toBe(2)
  expect(worstStatus([2, 70, 3])).toBe(70)
})

it('counts a failed verdict, unless the run only reports', () => {
  const [pass, fail] = [{ verdict: 'pass' }, { verdict: 'fail' }] as const
  expect(statusOfVerdicts([pass, fail], undefined)).toBe(1)
  expect(statusOfVerdicts([pass, fail], true)).toBe(0)
  expect(statusOfVerdicts([pass, { verdict: 'none' }], undefined)).toBe(0)
})
