import { expect, it } from 'vitest'
import { requestOf } from '../../../src/cli/arguments/request.ts'
import type { Compute, ScenarioResults } from '../../../src/cli/scenarios/scenario-results.ts'
import { scenarioResults } from '../../../src/cli/scenarios/scenario-results.ts'
import { QuantityError } from '../../../src/units/quantity.ts'
import { fakeWorld } from '../fake-world.ts'

const scenario = (name: string) =>
  `version: 1\nname: ${name}\nhost: { memory: 8 GiB }\ngroups: {}\n`
const files = { 'a.yaml': scenario('a'), 'b.yaml': scenario('b'), 'wrong.yaml': 'version: 1\n' }
const request = requestOf({ command: 'plan', implied: false, operands: ['-'], options: {} })

async function computed(paths: readonly string[], compute: Compute<{ name: string }>) {
  const { world, stderr } = fakeWorld({ files })
  const sources = {
    paths,
    failures: [{ status: 3, text: 'no such file', file: 'c' }],
    several: true,
  } as const
  let made: ScenarioResults<{ name: string }> = { results: [], failed: [] }
  const status = await scenarioResults(request, sources, world, compute, async (all) => {
    made = all
    return 0
  })
  return { ...made, status, stderr: stderr() }
}

it('has a result for each scenario that can be read, in the order named', async () => {
  const { results, failed, stderr } = await computed(
    ['b.yaml', 'wrong.yaml', 'a.yaml'],
    ({ about }) => ({ name: about.name }),
  )
  expect(results).toEqual([{ name: 'b' }, { name: 'a' }])
  expect(failed).toEqual([3, 2])
  expect(stderr).toMatch(/^mshare-plan: no such file\nwrong\.yaml:1:1: /)
})

it('reports why a command has no result for one of them', async () => {
  const { results, failed, stderr } = await computed(['a.yaml', 'b.yaml'], ({ about: { name } }) =>
    name === 'a' ? { status: 2, text: 'nothing was measured' } : { name },
  )
  expect([results, failed]).toEqual([[{ name: 'b' }], [3, 2]])
  expect(stderr).toContain('nothing was measured')
})

it('names the file whose numbers are past 2^53 − 1', async () => {
  const { failed, stderr } = await computed(['a.yaml'], () => {
    throw new QuantityError('memory', 'too-large')
  })
  expect(failed).toEqual([3, 2])
  expect(stderr).toContain('a.yaml:1:1: memory would be past 2^53 − 1')
})

it('goes on behind a mistake of ours, and reports it with a stack trace', async () => {
  const { results, failed, stderr } = await computed(
    ['a.yaml', 'b.yaml'],
    ({ about: { name } }) => {
      if (name === 'a') throw new TypeError('planted')
      return { name }
    },
  )
  expect([results, failed]).toEqual([[{ name: 'b' }], [3, 70]])
  expect(stderr).toMatch(/a bug in mshare-plan[\s\S]*TypeError: planted\n {4}at /)
})
