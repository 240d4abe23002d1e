import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { replaceFiles, whyNotReplace } from '../../src/cli/node-replacement.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replacement-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

it('several files are replaced together', () => {
  writeFileSync(at('a.json'), 'former a')
  const drafts = [
    { path: at('a.json'), text: 'new a' },
    { path: at('b.txt'), text: 'new b' },
  ]
  expect(replaceFiles(drafts)).toBeUndefined()
  expect(contents()).toEqual({ 'a.json': 'new a', 'b.txt': 'new b' })
})

it('a file that cannot be written keeps all the others from being written', () => {
  writeFileSync(at('a.json'), 'former a')
  const drafts = [
    { path: at('a.json'), text: 'new a' },
    { path: at('missing/b.txt'), text: 'new b' },
  ]
  expect(replaceFiles(drafts)).toMatchObject({ reason: 'no-folder', path: at('missing/b.txt') })
  expect(contents()).toEqual({ 'a.json': 'former a' })
})

it('a replacement that fails at the last moment takes back the ones before it', () => {
  writeFileSync(at('a.json'), 'former a')
  mkdirSync(at('c.txt'))
  const drafts = [
    { path: at('a.json'), text: 'new a' },
    { path: at('b.txt'), text: 'new b' },
    { path: at('c.txt'), text: 'new c' },
  ]
  expect(replaceFiles(drafts)).toMatchObject({ path: at('c.txt') })
  expect(contents()).toEqual({ 'a.json': 'former a', 'c.txt': 'folder' })
})

it('asking whether a file can be written leaves nothing behind', () => {
  expect(whyNotReplace(at('a.json'))).toBeUndefined()
  expect(whyNotReplace(at('missing/a.json'))).toMatchObject({ reason: 'no-folder' })
  expect(whyNotReplace(folder)).toMatchObject({ reason: 'folder' })
  expect(contents()).toEqual({})
})

function contents(): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true })
  return Object.fromEntries(
    entries.map((entry) => [
      entry.name,
      entry.isFile() ? readFileSync(at(entry.name), 'utf8') : 'folder',
    ]),
  )
}
