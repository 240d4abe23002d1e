import { expect, it } from 'vitest'
import { subjectOf } from '../../../src/plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../../src/plan/result/result.ts'
import { budgetParts, memoryBytesOf } from '../../../src/report/pictures/budget-parts.ts'
import { resultOf, shipped } from '../../scenarios/shipped.ts'

const gib = 2 ** 30

function subject(result: Result): PlannedStrategy {
  const found = subjectOf(result)
  if (found === undefined) throw new Error('nothing was planned')
  return found
}

it.each(shipped)('its parts are all of memory, and what is beyond it: %s', async (name) => {
  const planned = subject(await resultOf(name))
  const sum = budgetParts(planned).reduce((total, { bytes }) => total + bytes, 0)
  const { headroomBytes } = planned.memory
  const off = sum - memoryBytesOf(planned.memory) - Math.max(0, -headroomBytes)
  // What is expected is rounded line by line.
  expect(Math.abs(off)).toBeLessThanOrEqual(1)
})

it('joins the smaller of many alike', async () => {
  const { memory } = subject(await resultOf('multi-tenant'))
  const regions = Array.from({ length: 9 }, (_, index) => ({
    ...({ kind: 'shared', region: `r${index}`, name: `r${index}` } as const),
    ...({ side: 'demand', bytes: (index + 1) * gib, origin: 'given' } as const),
  }))
  const parts = budgetParts({ memory: { ...memory, headroomBytes: 0, lines: regions } })
  expect(parts.map(({ label, bytes }) => [label, bytes / gib])).toEqual([
    ['resident shared memory: r4', 5],
    ['resident shared memory: r5', 6],
    ['resident shared memory: r6', 7],
    ['resident shared memory: r7', 8],
    ['resident shared memory: r8', 9],
    ['4 more of resident shared memory', 10],
  ])
})
