import { expect, test } from 'vitest'
import { mergeAlike } from '../../../src/render/text/merge-alike.ts'

test('rows that say the same are one, with all their labels, where the first was', () => {
  const rows = [
    { label: 'as-described', bytes: 1 },
    { label: 'threads', bytes: 2 },
    { label: 'base-pages', bytes: 1 },
  ]
  expect(mergeAlike(rows, ({ bytes }) => String(bytes))).toEqual([
    { label: 'as-described, base-pages', bytes: 1 },
    { label: 'threads', bytes: 2 },
  ])
})
