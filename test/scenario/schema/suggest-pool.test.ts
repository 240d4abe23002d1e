import { expect, test } from 'vitest'
import { suggestions, withHost } from '../reading.ts'

test.each([
  ['x86-64', '2 MiB'],
  ['arm64-64k-48', '512 MiB'],
  ['s390x', '1 MiB'],
])('a bare number of huge pages on %s suggests those of %s', (layout, page) => {
  expect(suggestions(withHost(`  layout: ${layout}\n  hugepages: 512`))).toEqual([
    `write \`{ ${page}: 512 }\``,
  ])
  expect(suggestions(withHost('  hugepages: 512'))).toEqual(['write `{ 2 MiB: 512 }`'])
})
