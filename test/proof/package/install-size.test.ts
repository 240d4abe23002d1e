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
  const used = diskUse(installed.map((name) => join(packages, name)))
  expect(used / mib).toBeLessThan(220)
})

/** In bytes, as `du` counts: whole blocks, links as links, and what has two names once. */
function diskUse(folders: readonly string[]): number {
  const blocks = new Map<number, number>()
  for (const folder of folders) {
    for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
      const file = lstatSync(join(folder, name))
      blocks.set(file.ino, file.blocks * 512)
    }
  }
  return [...blocks.values()].reduce((sum, bytes) => sum + bytes, 0)
}
