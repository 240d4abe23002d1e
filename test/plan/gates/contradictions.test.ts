import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contradictions } from '../../../src/plan/gates/contradictions.ts'
import { judgeAgain } from '../../../src/plan/gates/second-judgement.ts'
import { readSaved } from '../../../src/saved/read-saved.ts'
import { isSaved } from '../../../src/saved/saved-mark.ts'
import { answerTo, root, shipped } from '../../scenarios/shipped.ts'

const golden = join(root, 'test/scenarios/golden')
const saved = readdirSync(golden)
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, readFileSync(join(golden, name), 'utf8')] as const)

test('there are results to judge', () => {
  expect(saved.length).toBeGreaterThan(10)
})

describe.each(saved)('%s', (name, text) => {
  test('is taken for what it is, and its figures follow from one another', () => {
    expect(isSaved(text)).toBe(true)
    const reading = readSaved(text, name)
    expect(reading.ok ? reading.results.flatMap(contradictions) : reading.issues).toEqual([])
  })

  test('judged again comes to the gates and the verdict that it has', () => {
    const reading = readSaved(text, name)
    const [result] = reading.ok ? reading.results : []
    if (result === undefined) throw new Error('not read')
    const { gates, verdict } = JSON.parse(text)
    expect(judgeAgain(result, result.gates, result.baseline, undefined)).toMatchObject({
      gates,
      verdict,
    })
  })
})

test('a scenario is not taken for a result', () => {
  for (const name of shipped) {
    expect(isSaved(readFileSync(join(root, `scenarios/${name}.yaml`), 'utf8'))).toBe(false)
  }
  expect(isSaved('{ "$schema": "mshare-plan/result/1", "version": 1 }')).toBe(false)
  expect(isSaved('{ "schema": "another" , "x": "mshare-plan/result/1"}')).toBe(false)
})

test('every change of a single figure by a GiB contradicts another', async () => {
  const { stdout } = await answerTo(['scenarios/multi-tenant.yaml', '--format', 'json'])
  const paths = [
    'pageTables.bytes',
    'memory.capacityBytes',
    'memory.demandBytes',
    'memory.headroomBytes',
    ...[0, 1, 2].map((index) => `memory.lines.${index}.bytes`),
    'risk.cgroups.0.headroomBytes',
    'risk.cgroups.0.demandBytes',
    'risk.cgroups.0.limitBytes',
  ]
  for (const path of paths) {
    const result = JSON.parse(stdout)
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    let node = result.strategies[0]
    for (const step of steps) node = node[step]
    expect(typeof node[last], path).toBe('number')
    expect(contradictions(result), path).toEqual([])
    node[last] += 2 ** 30
    expect(contradictions(result), path).not.toEqual([])
  }
})
