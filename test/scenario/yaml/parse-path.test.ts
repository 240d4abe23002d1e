import { expect, it } from 'vitest'
import { parsePath } from '../../../src/scenario/yaml/parse-path.ts'

const stepsOf = (text: string) => parsePath(text)?.map(({ step }) => step)

it('reads keys, positions of lists and names in quotes', () => {
  expect(stepsOf('groups.clients.maps[0].touched')).toEqual([
    'groups',
    'clients',
    'maps',
    0,
    'touched',
  ])
  expect(stepsOf('groups["python3.11"].processes')).toEqual(['groups', 'python3.11', 'processes'])
})

it('knows where each step begins', () => {
  expect(parsePath('a.bc[0]')?.map(({ offset }) => offset)).toEqual([0, 2, 4])
})

it.each(['', 'a..b', 'a[', 'a["x'])('reads nothing from %j', (text) => {
  expect(parsePath(text)).toBeUndefined()
})
