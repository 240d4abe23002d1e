import { expect, it } from 'vitest'
import { compareRanks } from '../../../src/cli/output/spool.ts'
import { rankOf } from '../../../src/cli/scenarios/result-order.ts'
import type { Result } from '../../../src/plan/result/result.ts'

/** What the order depends on, and a name. */
function result(
  name: string,
  level: string,
  headroomFraction: number,
  verdict = 'none',
  id = 'as-described',
  missingPages = 0,
): Result {
  const commit = { mode: 'heuristic', granted: true }
  const risk = { level: 'safe', headroomFraction: 0.9 }
  const other = { id: 'threads', applies: true, memory: { pools: [], commit }, risk }
  const memory = { pools: [{ missingPages }], commit }
  const subject = { id, applies: true, memory, risk: { level, headroomFraction } }
  return { scenario: { name }, verdict, strategies: [other, subject] } as unknown as Result
}

const names = (results: readonly Result[]) =>
  results
    .toSorted((one, other) => compareRanks(rankOf(one), rankOf(other)))
    .map(({ scenario }) => scenario.name)

it('puts a failed verdict before a worse risk, and that before less headroom', () => {
  const roomy = result('roomy', 'safe', 0.5)
  const close = result('close', 'safe', 0.2)
  const short = result('short', 'oom', -0.1)
  const failed = result('failed', 'safe', 0.8, 'fail')
  expect(names([roomy, close, short, failed])).toEqual(['failed', 'short', 'close', 'roomy'])
})

it('puts what does not start before what runs out of memory', () => {
  const stopped = result('stopped', 'safe', 0.7, 'none', 'as-described', 1)
  expect(names([result('short', 'oom', -0.5), stopped])).toEqual(['stopped', 'short'])
})

it('puts what is safe only with mshare before what is safe on released kernels', () => {
  const withoutMshare = {
    memory: { pools: [], commit: { mode: 'heuristic', granted: true } },
    risk: { level: 'oom' },
  }
  const proposed = { ...result('proposed', 'safe', 0.9), withoutMshare } as unknown as Result
  const found = names([result('close', 'safe', 0.2), proposed, result('tight', 'tight', 0.05)])
  expect(found).toEqual(['tight', 'proposed', 'close'])
})

it('keeps the order of results that are equal', () => {
  const equal = ['b', 'a', 'c'].map((name) => result(name, 'tight', 0.1))
  expect(names(equal)).toEqual(['b', 'a', 'c'])
})

it('takes the first planned strategy where as-described was not asked for', () => {
  const other = result('other', 'oom', -0.5, 'none', 'mshare')
  expect(names([other, result('close', 'safe', 0.2)])).toEqual(['close', 'other'])
})

it('puts a result without any planned strategy first', () => {
  const none = { scenario: { name: 'none' }, verdict: 'none', strategies: [] } as unknown as Result
  expect(names([result('short', 'oom', -0.1), none])).toEqual(['none', 'short'])
})
