import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const oracle = 'scenarios/oracle-sga-300g.yaml'

it('has a suite for each scenario and a case for each gate', async () => {
  const words = ['check', oracle, '--max-risk', 'tight']
  const { stdout } = await answerTo([...words, '-f', 'junit'])
  expect(stdout).toContain('tests="1" failures="1" errors="0" skipped="0"')
  expect(stdout).toContain('<failure message="risk at most tight: risk oom" type="risk">')
  expect(stdout).not.toMatch(/ time=| timestamp=/)
})

it('skips the only case of a scenario without a gate', async () => {
  const { stdout } = await answerTo([oracle, '-f', 'junit'])
  expect(stdout).toContain('<skipped message="no gate is set"/>')
})

it('has an error for scenarios without a result', async () => {
  const { stdout, status } = await answerTo(['check', oracle, 'missing.yaml', '-f', 'junit'])
  expect(status).toBe(3)
  expect(stdout).toContain('<error message="1 without a result: standard error says why"')
})
