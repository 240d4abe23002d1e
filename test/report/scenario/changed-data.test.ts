import { expect, it } from 'vitest'
import { changedData, valueAt, withoutNotesOn } from '../../../src/report/scenario/changed-data.ts'
import { encode } from '../../../src/scenario/yaml/plain-data.ts'

const data = encode({
  groups: { 'a.b': { processes: 4, maps: [{ region: 'r' }] }, ['__proto__']: { processes: 1 } },
  assumed: { 'groups["a.b"].processes': 'a guess', 'host.swap': 'a guess' },
})

it('changes one value and leaves the scenario as it was', () => {
  const changed = changedData(data, [{ path: 'groups["a.b"].processes', value: 9 }])
  expect(valueAt(changed, 'groups["a.b"].processes')).toBe(9)
  expect(valueAt(data, 'groups["a.b"].processes')).toBe(4)
})

it('makes the mappings on the way, and takes a key away', () => {
  const changed = changedData(data, [
    { path: 'host.hugepages["2 MiB"]', value: 512 },
    { path: 'groups["a.b"].maps[0].region', value: null },
  ])
  expect(valueAt(changed, 'host.hugepages["2 MiB"]')).toBe(512)
  expect(valueAt(changed, 'groups["a.b"].maps[0]')).toEqual({})
})

it('no longer says that a value was assumed which the reader chose', () => {
  const changed = changedData(data, [{ path: 'groups["a.b"].processes', value: 9 }])
  expect(valueAt(changed, 'assumed')).toEqual({ 'host.swap': 'a guess' })
})

it('drops a note on a value inside one that was replaced', () => {
  expect(valueAt(withoutNotesOn(data, ['groups["a.b"]']), 'assumed')).toEqual({
    'host.swap': 'a guess',
  })
})

it('reaches no prototype by a name', () => {
  expect(valueAt(data, 'groups.constructor')).toBeUndefined()
  const changed = changedData(data, [{ path: 'groups.__proto__.processes', value: 7 }])
  expect(valueAt(changed, 'groups.__proto__.processes')).toBe(7)
  expect({}).not.toHaveProperty('processes')
})
