import { expect, test } from 'vitest'
import { suggestions, withHost } from '../reading.ts'

test.each([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['x86', 'x86-64'],
  ['arm64', 'arm64-4k-48'],
  ['AArch64', 'arm64-4k-48'],
  ['riscv64', 'riscv64-sv48'],
  ['ppc64le', 'ppc64-radix-64k'],
])('layout %s suggests the usual one, %s', (architecture, layout) => {
  expect(suggestions(withHost(`  layout: ${architecture}`))).toEqual([
    `did you mean \`${layout}\`?`,
  ])
})
