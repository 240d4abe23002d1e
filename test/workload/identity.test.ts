import { expect, it } from 'vitest'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { canonicalJson, fingerprint, identityOf } from '../../src/workload/identity.ts'
import { workload } from '../build.ts'

function fingerprintOf(text: string): string {
  const read = readScenario(text, 'test.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return fingerprint(read.workload)
}

const scenario = `
version: 1
name: one
host: { memory: 8 GiB }
regions: { pool: { size: 1 GiB } }
groups: { clients: { processes: 10, maps: [{ region: pool }] } }
`

it('canonical JSON sorts keys at every depth and leaves out what is absent', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined, 10: 1, 9: 2 })).toBe(
    '{"9":2,"10":1,"b":[{"c":2,"d":1}]}',
  )
})

it('scenarios that mean the same have the same fingerprint', () => {
  const same = scenario.replace('name: one', 'name: other').replace('8 GiB', '8192 MB')
  expect(fingerprintOf(scenario)).toMatch(/^[0-9a-f]{64}$/)
  expect(fingerprintOf(same)).toBe(fingerprintOf(scenario))
  expect(fingerprintOf(scenario.replace('host: {', 'host: { swap: 0 B,'))).toBe(
    fingerprintOf(scenario),
  )
})

it('any difference of meaning changes it', () => {
  const changes = [
    scenario.replace('10', '11'),
    scenario.replace('8 GiB', '8 GiB, layout: x86-64-5level'),
    scenario.replace('1 GiB', '1 GiB, locked: true'),
  ]
  const all = [scenario, ...changes].map(fingerprintOf)
  expect(new Set(all).size).toBe(all.length)
})

it('a scenario that is named only is of standard input, with the fingerprint of what is planned', () => {
  const planned = workload({ groups: { clients: { processes: 3 } } })
  expect(identityOf(planned, { name: 'db' })).toEqual({
    name: 'db',
    file: '-',
    fingerprint: fingerprint(planned),
  })
})

it('a file and a fingerprint that are given are kept', () => {
  const given = { name: 'db', file: 'db.yaml', fingerprint: 'of the scenario as it was read' }
  expect(identityOf(workload({}), given)).toEqual(given)
})

it('gates are no part of a fingerprint: check and plan of one file have the same', () => {
  expect(fingerprintOf(`${scenario}gates: { risk: tight, headroom: 10% }\n`)).toBe(
    fingerprintOf(scenario),
  )
})
