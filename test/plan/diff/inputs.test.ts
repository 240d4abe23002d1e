import { expect, it } from 'vitest'
import { inputChanges, isAllTouched, isWhole } from '../../../src/plan/diff/inputs.ts'
import { server } from './side.ts'

const gib = 2 ** 30

it('a workload and itself say the same', () => {
  expect(inputChanges(server(), server())).toEqual([])
})

it('each value is at its path, sizes in bytes', () => {
  const to = server({ 'groups.workers.processes': '150', 'host.memory': '128 GiB' })
  const changes = inputChanges(server(), to)
  expect(changes).toContainEqual({
    ...{ path: 'host.memory', kind: 'changed', unit: 'bytes' },
    ...{ from: 64 * gib, to: 128 * gib },
  })
  expect(changes).toContainEqual({
    ...{ path: 'groups.workers.processes', kind: 'changed', from: 100, to: 150 },
  })
})

it('a new region is one value, and what is gone comes last', () => {
  const to = server({ 'regions.log': '{ size: 1 GiB }' })
  const added = { path: 'regions.log', unit: 'bytes' }
  expect(inputChanges(server(), to)).toEqual([{ ...added, kind: 'added', to: gib }])
  expect(inputChanges(to, server())).toEqual([{ ...added, kind: 'removed', from: gib }])
})

it('a mapping of all of a region stays one when the region grows', () => {
  const to = server({ 'regions.pool.size': '16 GiB' })
  expect(inputChanges(server(), to).map(({ path }) => path)).toEqual(['regions.pool.size'])
})

it('a part of a region, or of the pages of a mapping, is not all', () => {
  const mapping = (maps: string) => {
    const [first] = server({ 'groups.workers.maps': maps }).groups[0]?.maps ?? []
    if (first === undefined) throw new RangeError('a group has a mapping')
    return first
  }
  const all = mapping('[{ region: pool }]')
  const pages = (8 * gib) / 4096
  expect([isWhole(all, pages), isAllTouched(all)]).toEqual([true, true])
  expect(isWhole(mapping('[{ region: pool, offset: 1 GiB }]'), pages)).toBe(false)
  expect(isWhole(mapping('[{ region: pool, length: 1 GiB }]'), pages)).toBe(false)
  expect(isAllTouched(mapping('[{ region: pool, touched: { first: 1 GiB } }]'))).toBe(false)
  expect(isAllTouched(mapping('[{ region: pool, touched: 40% }]'))).toBe(false)
})

it('a case has a value at each path, as it is written', () => {
  const path = 'groups.workers.processes'
  const from = server({ cases: `{ failover: { ${path}: x2 }, small: { host.memory: 32 GB } }` })
  const to = server({ cases: `{ failover: { ${path}: +50, host.memory: 96 GB } }` })
  const key = `cases.failover["${path}"]`
  expect(inputChanges(from, to)).toEqual([
    { path: key, kind: 'changed', from: 'x2', to: '+50' },
    { path: 'cases.failover["host.memory"]', kind: 'added', to: '96 GB' },
    { path: 'cases.small["host.memory"]', kind: 'removed', from: '32 GB' },
  ])
})

it('a step of a timeline is one value, in words', () => {
  const from = server({ timeline: '[{ name: more, start: { workers: 40 } }]' })
  const grown = '{ set: { host.memory: 96 GB }, stop: { workers: 5 } }'
  const to = server({ timeline: `[{ name: more, start: { workers: 50 } }, ${grown}]` })
  expect(inputChanges(from, to)).toEqual([
    {
      ...{ path: 'timeline[0]', kind: 'changed' },
      ...{ from: 'more: start workers 40', to: 'more: start workers 50' },
    },
    {
      ...{ path: 'timeline[1]', kind: 'added' },
      to: 'set host.memory 96 GB; stop workers 5',
    },
  ])
})
