import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { layouts } from '../../src/geometry/catalogue.ts'

const folder = join(import.meta.dirname, '../../src/geometry')
const families = {
  'x86.ts': 'x86-64',
  'arm64.ts': 'arm64',
  'riscv64.ts': 'riscv64',
  'ppc64-radix.ts': 'ppc64',
  's390x.ts': 's390x',
}

it('there is a file for every architecture', () => {
  const known = new Set(layouts.map(({ architecture }) => architecture))
  expect(new Set(Object.values(families))).toEqual(known)
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(Object.keys(families)))
})

it.each(Object.entries(families))(
  'every kernel file that %s cites is a source of its layouts',
  (file, architecture) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const cited = new Set(
      [...text.matchAll(/arch\/[a-z0-9]+\/[A-Za-z0-9_/.-]*[a-zA-Z]/g)].map(([path]) => path),
    )
    expect(cited.size).toBeGreaterThan(2)
    const layout = layouts.find((candidate) => candidate.architecture === architecture)
    expect([...cited].filter((path) => !layout?.sources.includes(path))).toEqual([])
  },
)
