import { expect, it } from 'vitest'
import { valueCandidates } from '../../../src/scenario/candidates/value-candidates.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'
import { scenarioJsonSchema } from '../../../src/scenario/zod/json-schema.ts'

const text = `
host: { cgroups: { batch: { limit: 1 GiB } } }
regions: { sga: { size: 1 GiB }, "a: b": { size: 1 GiB }, "7": { size: 1 GiB }, "true": { size: 1 GiB } }
groups: { clients: { processes: 2 } }
`
const { root } = readYaml({ file: '', text })
const values = (path: string) => valueCandidates(path, scenarioJsonSchema(), root, ['threads'])

it.each([
  ['gates.risk', ['safe', 'tight', 'swapping', 'oom']],
  ['host.pti', ['true', 'false']],
  ['regions.sga.fallback', ['fail', 'base-pages', 'mixed']],
  ['groups.clients.maps[0].touched', ['all', 'none', '40%']],
  ['groups.clients.cgroup', ['batch']],
  ['regions.sga.mshare.owner', ['clients']],
  ['strategies[0]', ['threads']],
  ['gates.strategy', ['threads']],
])('the values of %s are listed', (path, expected) => {
  expect(values(path)).toEqual(expected)
})

it('layouts are those of the catalogue, findings those that there are', () => {
  expect(values('host.layout')).toEqual(expect.arrayContaining(['x86-64', 's390x']))
  expect(values('allow[0].finding')).toEqual(expect.arrayContaining(['MSP001', 'MSP033']))
})

it('names that YAML would read as something else are quoted', () => {
  expect(values('groups.clients.maps[0].region')).toEqual(['sga', '"a: b"', '"7"', '"true"'])
})

it('sizes, counts and unknown keys have none', () => {
  expect(values('host.memory')).toEqual([])
  expect(values('groups.clients.processes')).toEqual([])
  expect(values('host.nothing')).toEqual([])
  expect(values('a..b')).toEqual([])
})
