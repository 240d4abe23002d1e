import { expect, it } from 'vitest'
import { termGroups } from '../../src/render/words/terms/terms.ts'
import { answerTo } from './shipped.ts'

/** Scenarios that have every kind of number between them. */
const sets = [
  [
    ...['shared-libraries', 'five-level', 'persistent-memory-files', 'oracle-sga-300g'],
    ...['stranded-huge-pages', 'postgresql-400-backends'],
  ].map((name) => `scenarios/${name}.yaml`),
  [
    'scenarios/multi-tenant.yaml',
    ...['regions.catalogue.locked=true', 'host.reserve={ system: 1 GiB }'],
    'gates={ risk: tight, headroom: 10% }',
    'measured={ outOfMemory: { constraint: machine, memory: { total: 1 GiB } } }',
  ].flatMap((word, index) => (index === 0 ? [word] : ['--set', word])),
]

async function pathsIn(words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await answerTo(['explain', ...words, '--format', 'json'])
  const explained: {
    readonly scenarios: readonly {
      readonly explanations: readonly { readonly path: string }[]
    }[]
  } = JSON.parse(stdout)
  return explained.scenarios.flatMap((one) => one.explanations.map(({ path }) => path))
}

it('the numbers that a term names exist', async () => {
  const paths = (await Promise.all(sets.map(pathsIn))).flat()
  expect(paths.length).toBeGreaterThan(1000)
  const selectors = termGroups.flatMap(({ terms }) => terms.flatMap((term) => term.numbers ?? []))
  expect(selectors.length).toBeGreaterThan(50)
  expect(selectors.filter((text) => !paths.some((path) => path.includes(text)))).toEqual([])
})

it('a term selects the numbers that it names, where its own letters are in no path', async () => {
  const ask = async (text: string) =>
    (await answerTo(['explain', 'scenarios/five-level.yaml', text, '--strategy', 'threads'])).stdout
  expect(await ask('Committed_AS')).toContain('memory.commit.committedBytes')
  expect(await ask('Committed_AS')).toBe(await ask('committedBytes'))
})
