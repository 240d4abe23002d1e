import { expect, it } from 'vitest'
import { annotated, isInActions } from '../../../src/cli/output/annotations.ts'
import { answerTo } from '../../scenarios/shipped.ts'

const oracle = 'scenarios/oracle-sga-300g.yaml'
const env = { LANG: 'C.UTF-8', GITHUB_ACTIONS: 'true' }

it('is asked for by the variable that the runner sets', () => {
  expect(isInActions({ env })).toBe(true)
  expect(isInActions({ env: {} })).toBe(false)
})

it('stops commands while the table is printed, by a word that the table does not have', () => {
  const [stop = '', table, go, notes] = annotated(['::error::x\n'], '::notice::y\n')
  const [, token = ''] = /^::stop-commands::([0-9a-f]{64})\n$/.exec(stop) ?? []
  expect(token).not.toBe('')
  expect([table, go, notes]).toEqual(['::error::x\n', `::${token}::\n`, '::notice::y\n'])
})

it('annotates the usual table in a job, and only that', async () => {
  const plain = await answerTo(['check', oracle])
  const inJob = await answerTo(['check', oracle], {}, { env })
  expect(inJob.status).toBe(plain.status)
  expect(inJob.stdout).toContain(plain.stdout)
  expect(inJob.stdout).toMatch(/\n::error file=scenarios\/oracle-sga-300g[.]yaml,line=\d+/)
  for (const words of [['-f', 'table'], ['-f', 'json'], ['-q']]) {
    const asked = await answerTo(['check', oracle, ...words], {}, { env })
    expect(asked.stdout).not.toContain('::error')
  }
})
