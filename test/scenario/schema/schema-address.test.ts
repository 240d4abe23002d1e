import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import { schemaAddress } from '../../../src/scenario/schema/schema-address.ts'

it('the address of the schema is a file of the published package, of its major version', () => {
  const [, major] = /^(\d+)\./.exec(manifest.version) ?? []
  const folder = `https://unpkg.com/${manifest.name}@${major}/`
  expect(schemaAddress.startsWith(folder)).toBe(true)
  const path = schemaAddress.slice(folder.length)
  expect(manifest.files).toContain(path)
  expect(existsSync(join(import.meta.dirname, '../../..', path))).toBe(true)
})
