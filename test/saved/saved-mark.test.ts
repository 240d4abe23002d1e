import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isSaved, savedIn } from '../../src/saved/saved-mark.ts'
import { root, shipped, textOf } from '../scenarios/shipped.ts'

test('a result is known by its schema, also where the rest is cut off', () => {
  const golden = join(root, 'test/scenarios/golden')
  const results = readdirSync(golden).filter((name) => name.endsWith('.json'))
  expect(results.length).toBeGreaterThan(10)
  for (const name of results) {
    const text = readFileSync(join(golden, name), 'utf8')
    expect(isSaved(text), name).toBe(true)
    expect(isSaved(text.slice(0, 200)), name).toBe(true)
  }
})

test('a scenario is no result', () => {
  for (const name of shipped) expect(isSaved(textOf(name)), name).toBe(false)
})

test.each([
  ['the key of an editor', '{ "$schema": "mshare-plan/result/1", "version": 1 }', false],
  ['another program', '{ "schema": "another", "x": "mshare-plan/result/1" }', false],
  ['a key after others', '{ "version": 1, "schema": "mshare-plan/result/1" }', true],
  ['a later version', '{"schema":"mshare-plan/result/9"}', true],
  ['YAML', 'schema: mshare-plan/result/1', false],
])('%s decides nothing but what it says', (_, text, expected) => {
  expect(isSaved(text)).toBe(expected)
})

test('its value comes with the schema, and neither from what is no JSON of ours', () => {
  expect(savedIn('{"schema":"mshare-plan/x","a":[1]}')).toEqual({
    schema: 'mshare-plan/x',
    value: { schema: 'mshare-plan/x', a: [1] },
  })
  for (const text of ['', '{', '[]', 'null', '{"schema":1}', '{"schema":"other/1"}']) {
    expect(savedIn(text), text).toEqual({})
  }
})
