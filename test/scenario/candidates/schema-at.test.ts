import { expect, it } from 'vitest'
import type { SchemaNode } from '../../../src/scenario/candidates/schema-at.ts'
import { schemaAt } from '../../../src/scenario/candidates/schema-at.ts'

const size = { type: 'string' }
const schema: SchemaNode = {
  properties: {
    host: { properties: { memory: size } },
    groups: { additionalProperties: { properties: { maps: { items: { type: 'object' } } } } },
    growth: { description: 'The most growth.', anyOf: [size, { items: size }] },
    closed: { additionalProperties: false },
  },
}

it('is found by keys, by any name, and by position', () => {
  expect(schemaAt(schema, ['host', 'memory'])).toEqual([size])
  expect(schemaAt(schema, ['groups', 'any name', 'maps', 7])).toEqual([{ type: 'object' }])
})

it('is each form of a value that has several, with the words on the whole', () => {
  const description = 'The most growth.'
  expect(schemaAt(schema, ['growth'])).toEqual([
    { ...size, description },
    { items: size, description },
  ])
  expect(schemaAt(schema, ['growth', 0])).toEqual([size])
})

it('is nothing where no value can be, nor at a name of every object', () => {
  expect(schemaAt(schema, ['host', 'memory', 'x'])).toEqual([])
  expect(schemaAt(schema, ['closed', 'x'])).toEqual([])
  expect(schemaAt(schema, ['constructor'])).toEqual([])
})
