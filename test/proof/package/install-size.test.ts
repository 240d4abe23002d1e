import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const mib = 2 ** 20

it('npm ci puts at most 220 MiB on the disk', () => {
  const packages = join(root, 'node_modules')
  // Folders with a dot hold what tools keep while they run.
  const installed = readdirSync(packages).filter((name) => !name.startsWith('.'))
  expect(installed.length).toBeGreaterThan(50)
  const used = installed.map((name) => diskUse(join(packages, name)))
  expect(used.reduce((sum, one) => sum + one, 0) / mib).toBeLessThan(220)
})

/** In bytes, as `du` counts: whole blocks, links as links. */
function diskUse(path: string): number {
  const inside = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return ['.', ...inside]
    .map((name) => lstatSync(join(path, name), { throwIfNoEntry: false })?.blocks ?? 0)
    .reduce((sum, blocks) => sum + blocks * 512, 0)
}
