import { expect, it } from 'vitest'
import { planAndExplain } from '../../../src/plan/explain/plan-and-explain.ts'
import { plan } from '../../../src/plan/plan.ts'
import { lkmlServer, workload } from '../../build.ts'

it('a plan that is explained is the plan, and explains the tables of each strategy', () => {
  const [server, about] = [workload(lkmlServer()), { name: 'lkml' }]
  const { result, explanations } = planAndExplain(server, about)
  expect(result).toEqual(plan(server, about))
  expect(explanations).toContainEqual(
    expect.objectContaining({
      path: 'strategies.base-pages.pageTables.bytes',
      value: 945_819_648_000,
      unit: 'bytes',
    }),
  )
})
