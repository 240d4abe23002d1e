import { expect, it } from 'vitest'
import { riskTable } from '../../../src/render/sections/risk.ts'
import { planned } from '../../build.ts'
import { lkml } from '../lkml-result.ts'
import { pooled } from '../screen/servers.ts'

const plain = { color: false, unicode: true, width: 120 }

it('shows the share of page tables and the first limit of each strategy', () => {
  const view = riskTable(lkml, plain).join('\n')
  expect(view).toMatch(/^as-described +oom +[\d.]+ /m)
  expect(view).toMatch(/Breaks at: the fewest processes of that group/)
})

it('names the cgroup that breaks first and the number of processes', () => {
  const strategies = lkml.strategies.flatMap((strategy) => {
    if (!strategy.applies || strategy.id !== 'as-described') return []
    const breaks = { processes: 7, group: 'clients', cause: 'cgroup', cgroup: 'db' } as const
    return [{ ...strategy, risk: { ...strategy.risk, breaks, cgroups: [] } }]
  })
  const view = riskTable({ ...lkml, strategies }, plain).join('\n')
  expect(view).toMatch(/^as-described +oom +[\d.]+ +7 clients +cgroup db /m)
})

it('says of a plan that does not start just that, whatever it would be once it starts', () => {
  const view = riskTable(planned(pooled(8191)), plain).join('\n')
  expect(view).toMatch(/^as-described +does not start /m)
  expect(view).toMatch(/^hugetlb-2m +safe /m)
})

it('is missing where no strategy can be planned', () => {
  expect(riskTable({ ...lkml, strategies: [] }, plain)).toEqual([])
})
