import { expect, it } from 'vitest'
import type { WorkloadParts } from '../../build.ts'
import { billed, gib, strategy } from '../../build.ts'

it('a region that nobody maps has tables of every level: none', () => {
  const parts: WorkloadParts = {
    regions: { used: { size: gib }, unused: { size: gib } },
    groups: { one: { maps: [{ region: 'used' }] } },
  }
  const [, unused] = strategy(billed(parts), 'as-described').regions
  expect(Object.keys(unused?.levels ?? {})).toEqual(['pte', 'pmd', 'pud', 'pgd'])
  expect(unused?.levels.pte).toEqual({ tables: 0, bytes: 0 })
})
