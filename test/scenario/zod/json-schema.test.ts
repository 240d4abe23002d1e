import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { schemaAddress } from '../../../src/scenario/schema/schema-address.ts'
import { scenarioJsonSchema } from '../../../src/scenario/zod/json-schema.ts'
import { refusedPlaces } from './draft-07.ts'

// After a change of the schema: npx vitest run --project unit test/scenario/zod/json-schema -u
test('the schema shipped beside the scenarios is the one that the reader checks with', async () => {
  const text = `${JSON.stringify(scenarioJsonSchema())}\n`
  await expect(text).toMatchFileSnapshot('../../../scenarios/scenario.schema.json')
})

interface Node {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly additionalProperties?: Node | boolean
}

function undescribed(node: Node, path: string): readonly string[] {
  const { properties = {}, items, anyOf = [], additionalProperties: values } = node
  return [
    ...Object.entries(properties).flatMap(([key, value]) => [
      ...(value.description === undefined ? [`${path}.${key}`] : []),
      ...undescribed(value, `${path}.${key}`),
    ]),
    ...[items, ...anyOf, typeof values === 'object' ? values : undefined].flatMap((inner) =>
      inner === undefined ? [] : undescribed(inner, path),
    ),
  ]
}

test('every key has a description that an editor can show', () => {
  const schema = scenarioJsonSchema() as Node
  expect(Object.keys(schema.properties ?? {})).toContain('groups')
  expect(undescribed(schema, 'scenario')).toEqual([])
})

const folder = join(import.meta.dirname, '../../../scenarios')
const shipped = readFileSync(join(folder, 'scenario.schema.json'), 'utf8')

/** By the published text, not by the schema of which it was made. */
function refused(data: unknown): readonly string[] {
  return refusedPlaces(JSON.parse(shipped), data)
}

test('the schema is of draft-07, and says where it is and what it is of', () => {
  expect(scenarioJsonSchema()).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaAddress,
    title: 'Scenario of mshare-plan',
    description: 'A scenario of mshare-plan, version 1.',
  })
})

test('the published schema takes every shipped scenario', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  expect(names.length).toBeGreaterThanOrEqual(18)
  const places = names.flatMap((name) => refused(parse(readFileSync(join(folder, name), 'utf8'))))
  expect(places).toEqual([])
})

const right = {
  version: 1,
  host: { memory: '16 GiB' },
  regions: { sga: { size: '1 GiB' } },
  groups: { clients: { processes: 3 } },
}

function touching(touched: object): object {
  return { ...right, groups: { clients: { processes: 3, maps: [{ region: 'sga', touched }] } } }
}

test.each([
  ['an unknown key', { ...right, hosts: {} }, '/hosts'],
  ['another version', { ...right, version: 2 }, '/version'],
  ['no memory', { ...right, host: {} }, '/host'],
  ['a size without its unit', { ...right, host: { memory: '16' } }, '/host/memory'],
  ['an unknown layout', { ...right, host: { memory: '1 GiB', layout: 'x86' } }, '/host/layout'],
  [
    'half a process',
    { ...right, groups: { clients: { processes: 0.5 } } },
    '/groups/clients/processes',
  ],
  [
    'two kinds of touched pages',
    touching({ first: '1 MiB', every: '2 MiB' }),
    '/groups/clients/maps/0/touched',
  ],
  [
    'clusters of pages that are not drawn',
    touching({ first: '1 MiB', in: '1 MiB' }),
    '/groups/clients/maps/0/touched',
  ],
])('the published schema refuses %s, and names the place', (_, data, place) => {
  expect(refused(right)).toEqual([])
  expect(refused(touching({ random: '40%', in: '1 MiB' }))).toEqual([])
  expect(refused(data)).toEqual([place])
})

test('what must exist is not asked of a scenario that extends another, but in lists', () => {
  const part = { host: { swap: '8 GiB' }, groups: { clients: { private: '6 MB' } } }
  expect(refused({ version: 1, ...part })).toEqual(['/host', '/groups/clients'])
  expect(refused({ extends: 'base.yaml', ...part })).toEqual([])
  const maps = { groups: { clients: { maps: [{ touched: '40%' }] } } }
  expect(refused({ extends: 'base.yaml', ...maps })).toEqual(['/groups/clients/maps/0'])
  expect(refused({ extends: 'base.yaml', hosts: {} })).toEqual(['/hosts'])
})
