import { expect, it } from 'vitest'
import { answerTo, textOf } from '../../../scenarios/shipped.ts'

const file = 'scenarios/multi-tenant.yaml'

it.each([
  [[file], '--address requires --group NAME; groups are gold, silver, batch'],
  [[file, '--group', 'golt'], 'group golt is unknown; did you mean gold?'],
  [
    [file, '--group', 'gold', '--strategy', 'hugetlb-3m'],
    'strategy hugetlb-3m is unknown or not planned; did you mean hugetlb-2m?',
  ],
  [[file, '--group', 'gold'], '0x1 is in no mapping that the scenario describes'],
])('refuses %j', async (words, message) => {
  const { stderr, stdout, status } = await answerTo(['explain', ...words, '--address', '0x1'])
  expect(stderr).toContain(message)
  expect([stdout, status]).toEqual(['', 2])
})

it('requires a scenario, and an address for a group', async () => {
  expect((await answerTo(['explain', '--address', '0x1'])).stderr).toContain(
    '--address requires a scenario',
  )
  expect((await answerTo(['explain', file, '--group', 'gold'])).stderr).toContain(
    '--group requires --address',
  )
})

it('writes one walk, or a list of those of several scenarios, as JSON', async () => {
  const oracle = 'scenarios/oracle-sga-300g.yaml'
  const words = ['--address', '0x400000000000', '-f', 'json']
  const one = await answerTo(['explain', oracle, ...words])
  expect(JSON.parse(one.stdout)).toMatchObject({
    schema: 'mshare-plan/address/1',
    group: 'clients',
  })
  const two = await answerTo(['explain', oracle, 'b.yaml', ...words], {
    'b.yaml': textOf('oracle-sga-300g'),
  })
  const { schema, walks } = JSON.parse(two.stdout)
  expect([schema, walks.length]).toEqual(['mshare-plan/addresses/1', 2])
})
