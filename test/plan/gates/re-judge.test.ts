import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reJudge } from '../../../src/plan/gates/re-judge.ts'
import { readSaved } from '../../../src/saved/read-saved.ts'
import { root } from '../../scenarios/shipped.ts'

const golden = join(root, 'test/scenarios/golden')
const saved = readdirSync(golden)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, readFileSync(join(golden, name), 'utf8')] as const)

test('there are results to judge', () => {
  expect(saved.length).toBeGreaterThan(10)
})

test.each(saved)('%s judged again comes to the gates and the verdict that it has', (name, text) => {
  const reading = readSaved(text, name)
  const [result] = reading.ok ? reading.results : []
  if (result === undefined) throw new Error('not read')
  const { gates, verdict } = JSON.parse(text)
  expect(reJudge(result, result.gates, result.baseline, undefined)).toMatchObject({
    gates,
    verdict,
  })
})
