import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { replaceFiles, whyNotReplace } from '../../../src/cli/machine/node-replacement.ts'

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

it('what an earlier run left behind is in nobody’s way', () => {
  for (const name of ['a.json.1.probe', 'a.json.1.draft', `a.json.${process.pid}.draft`]) {
    writeFileSync(at(name), 'stale')
  }
  expect(whyNotReplace(at('a.json'))).toBeUndefined()
  expect(replaceFiles([{ path: at('a.json'), text: 'new' }])).toBeUndefined()
  expect(contents()['a.json']).toBe('new')
})

it('what a link points to is written, also where the link dangles', () => {
  mkdirSync(at('real'))
  symlinkSync('real/b.json', at('dangling'))
  symlinkSync('dangling', at('twice'))
  expect(whyNotReplace(at('twice'))).toBeUndefined()
  expect(replaceFiles([{ path: at('twice'), text: 'new' }])).toBeUndefined()
  expect(readFileSync(at('real/b.json'), 'utf8')).toBe('new')
  expect(readlinkSync(at('twice'))).toBe('dangling')
  expect(readlinkSync(at('dangling'))).toBe('real/b.json')
  expect(readdirSync(at('real'))).toEqual(['b.json'])
})

it('links that lead round in a circle are refused', () => {
  symlinkSync('b', at('a'))
  symlinkSync('a', at('b'))
  expect(whyNotReplace(at('a'))).toMatchObject({ reason: 'failed', detail: 'ELOOP' })
})

it('a name may be as long as names can be', () => {
  const name = `${'n'.repeat(250)}.json`
  expect(replaceFiles([{ path: at(name), text: 'new' }])).toBeUndefined()
  expect(contents()).toEqual({ [name]: 'new' })
})

it('a file keeps its mode', () => {
  writeFileSync(at('a.json'), 'former', { mode: 0o640 })
  chmodSync(at('a.json'), 0o604)
  expect(replaceFiles([{ path: at('a.json'), text: 'new' }])).toBeUndefined()
  expect(statSync(at('a.json')).mode % 0o10000).toBe(0o604)
})

it.skipIf(process.getuid?.() !== 0)('a file keeps its owner (needs root)', () => {
  writeFileSync(at('a.json'), 'former')
  chownSync(at('a.json'), 65_534, 65_533)
  expect(replaceFiles([{ path: at('a.json'), text: 'new' }])).toBeUndefined()
  expect(statSync(at('a.json'))).toMatchObject({ uid: 65_534, gid: 65_533 })
})

it('a pipe is not written to', () => {
  execFileSync('mkfifo', [at('pipe')])
  expect(whyNotReplace(at('pipe'))).toMatchObject({ reason: 'special' })
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
