import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openInput } from '../../../src/cli/machine/node-input.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mshare-plan-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('reads a file in parts, to its end', async () => {
  const content = Buffer.alloc(150_000, 'ab\n')
  writeFileSync(join(folder, 'a.ndjson'), content)
  const input = openInput(join(folder, 'a.ndjson'))
  if (!input.ok) throw new Error(input.reason)
  const parts: Uint8Array[] = []
  for (let part = await input.next(); part instanceof Uint8Array; part = await input.next()) {
    parts.push(part)
  }
  expect(parts.length).toBeGreaterThan(1)
  expect(Buffer.concat(parts).equals(content)).toBe(true)
  input.close()
  input.close()
  expect(await input.next()).toBeUndefined()
})

it.each([
  ['missing', 'missing'],
  ['', 'folder'],
])('refuses what is no file: %j', (name, reason) => {
  expect(openInput(join(folder, name))).toMatchObject({ ok: false, reason })
})
