import { expect, test } from 'vitest'
import { scenarioJsonSchema } from '../../../src/scenario/schema/json-schema.ts'

// After a change of the schema: npx vitest run --project unit test/scenario/schema/json-schema -u
test('the schema shipped beside the scenarios is the one that the reader checks with', async () => {
  const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`
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
