import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, expect, it, vi } from 'vitest'
import { openScratch } from '../../../src/cli/machine/node-scratch.ts'

afterEach(() => vi.unstubAllEnvs())

it('keeps bytes, and leaves no name behind', () => {
  const before = readdirSync(tmpdir())
  const scratch = openScratch()
  if (!scratch.ok) throw new Error(scratch.reason)
  const added = readdirSync(tmpdir()).filter((name) => !before.includes(name))
  expect(added.filter((name) => name === 'scratch')).toEqual([])
  expect(scratch.append(Buffer.from('one'))).toBeUndefined()
  expect(scratch.append(Buffer.from('two and three'))).toBeUndefined()
  expect(Buffer.from(scratch.read(3, 7)).toString()).toBe('two and')
  expect(Buffer.from(scratch.read(0, 3)).toString()).toBe('one')
  expect(() => scratch.read(10, 100)).toThrow('shorter')
  scratch.close()
})

it('is refused where there is no room for it', () => {
  vi.stubEnv('TMPDIR', '/missing')
  expect(openScratch()).toMatchObject({ ok: false, path: '/missing' })
})
