import { expect, it } from 'vitest'
import type { LineSubject } from '../../../src/host/budget.ts'
import { budgetLabel } from '../../../src/plan/result/budget-label.ts'

it.each<[LineSubject, string]>([
  [{ kind: 'memory' }, 'memory'],
  [{ kind: 'reserve' }, 'reserve'],
  [{ kind: 'reserve', reserve: 'agents' }, 'reserve: agents'],
  [{ kind: 'pool', pageBytes: 2 ** 21 }, 'huge-page pool 2m'],
  [{ kind: 'pool', pageBytes: 2 ** 30, missing: true }, 'huge-page pool 1g, missing'],
  [{ kind: 'pool', pageBytes: 2 ** 16 }, 'huge-page pool 64k'],
  [{ kind: 'shared', region: 'sga' }, 'resident shared memory: sga'],
  [{ kind: 'reclaimable-file', region: 'data' }, 'reclaimable file pages: data'],
  [{ kind: 'unswappable' }, 'not swappable'],
])('the line %o is called %s', (line, label) => {
  expect(budgetLabel(line)).toBe(label)
})
