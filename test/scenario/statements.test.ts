import { expect, it } from 'vitest'
import { readData } from '../../src/scenario/read-data.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { replacedStatements, without } from '../../src/scenario/statements.ts'
import { readYaml } from '../../src/scenario/yaml/read-yaml.ts'

const base = {
  file: 'base.yaml',
  text: `version: 1
host: { memory: 64 GiB, swap: 8 GiB, reserve: 1 GiB }
groups: { clients: { processes: 10, private: 6 MiB } }
assumed: { host.memory: guess, host.swap: guess, groups.clients.private: guess }
measured:
  pageTables: 40 MiB
  sources: { host.memory: meminfo, measured.pageTables: meminfo }
`,
}
const own = `extends: base.yaml
host: { memory: 32 GiB }
assumed: { host.reserve: said so }
`

function statedIn(overrides: readonly { path: string; value: string }[] = []): readonly string[] {
  const reading = readScenario(own, 'own.yaml', overrides, 'plan', { base })
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const sources = reading.workload.measured?.sources ?? []
  return [
    ...reading.assumptions.filter(({ stated }) => stated).map(({ path }) => path),
    ...sources.map(({ path }) => `from ${path}`),
  ]
}

it('drops what the base states about a value that is replaced, and keeps all else', () => {
  expect(statedIn()).toEqual([
    'host.swap',
    'groups.clients.private',
    'host.reserve',
    'from measured.pageTables',
  ])
  expect(statedIn([{ path: 'host.reserve', value: '2 GiB' }])).not.toContain('host.reserve')
})

it('drops it from the data of a report or a saved scenario too', () => {
  const set = [
    { path: 'host.swap', value: '1 GiB' },
    { path: 'groups.clients.private', value: '7 MiB' },
    { path: 'host.reserve', value: '2 GiB' },
  ]
  expect(readData(own, 'own.yaml', [], base)).toMatchObject({
    assumed: { 'host.swap': 'guess', 'host.reserve': 'said so' },
    measured: { sources: { 'measured.pageTables': 'meminfo' } },
  })
  expect(readData(own, 'own.yaml', set, base)).not.toHaveProperty('assumed')
})

it('asks nothing of a scenario without statements', () => {
  const { root } = readYaml({ file: 'a.yaml', text: 'a: { b: 1 }' })
  if (root === undefined) throw new Error('it can be read')
  expect(replacedStatements(root)).toEqual([])
  expect(without(root, ['a', 'c'])).toEqual(root)
})
