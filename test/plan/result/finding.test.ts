import { expect, test } from 'vitest'
import { found } from '../../../src/plan/result/finding.ts'

test('a finding begins with the id of its kind', () => {
  expect(found('tables-decide', 'error')).toEqual({
    id: 'MSP021',
    kind: 'tables-decide',
    severity: 'error',
  })
})
