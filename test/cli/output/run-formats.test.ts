import { expect, it } from 'vitest'
import { formatsOf, ofAll } from '../../../src/cli/output/formats.ts'
import { checkFormats, planFormats, renderersOfAll } from '../../../src/cli/output/run-formats.ts'

it('writes every format of plan and check that needs all results', () => {
  const needed = formatsOf('plan').filter((format) => ofAll(format) !== undefined)
  expect(needed).toContain('csv')
  expect(Object.keys(planFormats)).toEqual(needed)
  expect(Object.keys(checkFormats)).toEqual(needed)
})

it('reads the results anew each time that a writer goes through them', async () => {
  const gathering = { texts: () => ['{"result":1}', '{"result":2}'] }
  const writers = {
    csv: async () => (all: { readonly results: () => Iterable<{ readonly result: number }> }) =>
      [...all.results(), ...all.results()].map(({ result }) => `${result}`),
  }
  const { csv } = renderersOfAll<number>(writers, gathering, { unanswered: 0, failures: [] })
  const ink = { color: false, unicode: true, width: 80 }
  expect(await csv?.(ink)).toEqual(['1', '2', '1', '2'])
})
