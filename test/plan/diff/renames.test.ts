import { expect, it } from 'vitest'
import { renamedAs } from '../../../src/plan/diff/renames.ts'
import { server } from './side.ts'

const renamed = (from: string, to: string, path: string) => ({ path, kind: 'renamed', from, to })
const twice = (first: string, second: string) =>
  server({
    groups: `{ ${first}: { processes: 5 }, ${second}: { processes: 5 } }`,
    regions: '{}',
  })

it('a region takes the new name, and mappings of it follow', () => {
  const to = server({
    regions: '{ cache: { size: 8 GiB } }',
    groups: '{ workers: { processes: 100, maps: [{ region: cache }] } }',
  })
  const { workload, changes } = renamedAs(server(), to)
  expect(changes).toEqual([renamed('pool', 'cache', 'regions')])
  expect(workload.regions).toEqual(to.regions)
  expect(workload.groups).toEqual(to.groups)
})

it('of several that are alike, the first takes the first', () => {
  const { changes } = renamedAs(twice('a', 'b'), twice('c', 'd'))
  expect(changes).toEqual([renamed('a', 'c', 'groups'), renamed('b', 'd', 'groups')])
})

it('one that stays keeps its name, and one that differs in anything is another', () => {
  expect(renamedAs(twice('a', 'b'), twice('b', 'c')).changes).toEqual([renamed('a', 'c', 'groups')])
  const other = server({
    groups: '{ users: { processes: 101, maps: [{ region: pool }] } }',
  })
  expect(renamedAs(server(), other).changes).toEqual([])
  expect(renamedAs(server(), other).workload).toEqual(server())
})
