import { expect, it } from 'vitest'
import { findPlaces } from '../../src/scenario/find-places.ts'

const text = `version: 1
host: { memory: 64 GB }
regions:
  "a.b": { size: 1 GB }
groups:
  clients:
    processes: 5
    maps:
      - { region: other }
      - { region: a.b, touched: 40% }
gates:
  risk: tight
`
const source = { file: 's.yaml', text, linesBefore: 0 }
const place = (...path: Parameters<typeof findPlaces>[2][number]) =>
  findPlaces(source, [], [path])[0]

it('finds the key, in quotes or not', () => {
  expect(place('regions', 'a.b')).toEqual({
    path: 'regions["a.b"]',
    line: 4,
    column: 3,
    endColumn: 8,
  })
  expect(place('gates', 'risk')).toEqual({ path: 'gates.risk', line: 12, column: 3, endColumn: 7 })
})

it('finds the item of a list by what it says', () => {
  const found = place('groups', 'clients', 'maps', { where: 'region', is: ['a.b'] }, 'touched')
  expect(found).toMatchObject({ path: 'groups.clients.maps[1].touched', line: 10, column: 24 })
})

it('takes the nearest key above what the scenario does not say', () => {
  expect(place('host', 'swap')).toMatchObject({ path: 'host', line: 2, column: 1, endColumn: 5 })
  expect(place('allow', { where: 'finding', is: ['x'] })).toMatchObject({ path: '', line: 1 })
})

it('names the option where the command line says it', () => {
  const overrides = [{ path: 'gates.headroom', value: '10%', option: '--min-headroom' }]
  expect(findPlaces(source, overrides, [['gates', 'headroom']])[0]).toEqual({
    path: 'gates.headroom',
    line: 1,
    column: 1,
    endColumn: 8,
    option: '--min-headroom',
  })
})

it('counts lines of the file where the scenario is one of several', () => {
  const later = { ...source, linesBefore: 100 }
  expect(findPlaces(later, [], [['gates']])[0]).toMatchObject({ line: 111 })
})

it('has no place in a text that is no YAML', () => {
  expect(findPlaces({ ...source, text: '{' }, [], [['gates']])).toEqual([undefined])
})
