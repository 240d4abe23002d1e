import { expect, test } from 'vitest'
import { pathText } from '../../src/units/path.ts'

test.each([
  [['groups', 'clients', 'maps', 0], 'groups.clients.maps[0]'],
  [['groups', 'web tier', 'processes'], 'groups["web tier"].processes'],
  [['a.b'], '["a.b"]'],
  [[], ''],
])('%j is written %s', (path, text) => {
  expect(pathText(path)).toBe(text)
})
