import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { root, shipped, textOf } from './shipped.ts'

/** What a page may have, in bytes. */
const allowed = 400_000

it.each(shipped)('the report of %s is a file that a mail can carry', async (name) => {
  const path = `scenarios/${name}.yaml`
  const { world, stdout } = fakeWorld({ files: { [path]: textOf(name) } })
  const program = (part: string) => new Uint8Array(readFileSync(join(root, part)))
  const readFile: typeof world.readFile = (file, most) =>
    file.startsWith('dist/bundle/')
      ? { ok: true, content: program(file) }
      : world.readFile(file, most)
  expect(await main(['report', path], { ...world, readFile })).toBe(0)
  const bytes = Buffer.byteLength(stdout())
  // Less, and the program is not in it.
  expect(bytes).toBeGreaterThan(200_000)
  expect(bytes).toBeLessThanOrEqual(allowed)
})
