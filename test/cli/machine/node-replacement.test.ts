import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
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
import { replaceFile, whyNotReplace } from '../../../src/cli/machine/node-replacement.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replacement-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

it('writes the new text and leaves nothing else behind', () => {
  writeFileSync(at('a.json'), 'former a')
  expect(replaceFile({ path: at('a.json'), text: 'new a' })).toBeUndefined()
  expect(replaceFile({ path: at('b.txt'), text: 'new b' })).toBeUndefined()
  expect(contents()).toEqual({ 'a.json': 'new a', 'b.txt': 'new b' })
})

it('refuses a file whose directory is missing', () => {
  const path = at('missing/b.txt')
  expect(replaceFile({ path, text: 'new b' })).toMatchObject({ reason: 'no-folder', path })
})

it('leaves no part of a file that fails at the last moment', () => {
  mkdirSync(at('c.txt'))
  expect(replaceFile({ path: at('c.txt'), text: 'new c' })).toMatchObject({ path: at('c.txt') })
  expect(contents()).toEqual({ 'c.txt': 'no file' })
})

it.skipIf(!existsSync('/dev/full'))('refuses a link to a device', () => {
  symlinkSync('/dev/full', at('full.json'))
  expect(whyNotReplace(at('full.json'))).toMatchObject({ reason: 'special' })
  expect(contents()).toEqual({ 'full.json': 'no file' })
})

it('asking whether a file can be written leaves nothing behind', () => {
  expect(whyNotReplace(at('a.json'))).toBeUndefined()
  expect(whyNotReplace(at('missing/a.json'))).toMatchObject({ reason: 'no-folder' })
  expect(whyNotReplace(folder)).toMatchObject({ reason: 'folder' })
  expect(contents()).toEqual({})
})

it('ignores what an earlier run left behind', () => {
  for (const name of ['a.json.1.probe', 'a.json.1.draft', `a.json.${process.pid}.draft`]) {
    writeFileSync(at(name), 'stale')
  }
  expect(whyNotReplace(at('a.json'))).toBeUndefined()
  expect(replaceFile({ path: at('a.json'), text: 'new' })).toBeUndefined()
  expect(contents()['a.json']).toBe('new')
})

it('writes what a link points to, also where the link dangles', () => {
  mkdirSync(at('real'))
  symlinkSync('real/b.json', at('dangling'))
  symlinkSync('dangling', at('twice'))
  expect(whyNotReplace(at('twice'))).toBeUndefined()
  expect(replaceFile({ path: at('twice'), text: 'new' })).toBeUndefined()
  expect(readFileSync(at('real/b.json'), 'utf8')).toBe('new')
  expect(readlinkSync(at('twice'))).toBe('dangling')
  expect(readlinkSync(at('dangling'))).toBe('real/b.json')
  expect(readdirSync(at('real'))).toEqual(['b.json'])
})

it('refuses links that lead round in a circle', () => {
  symlinkSync('b', at('a'))
  symlinkSync('a', at('b'))
  expect(whyNotReplace(at('a'))).toMatchObject({ reason: 'failed', detail: 'ELOOP' })
})

it('writes a name that is as long as names can be', () => {
  const name = `${'n'.repeat(250)}.json`
  expect(replaceFile({ path: at(name), text: 'new' })).toBeUndefined()
  expect(contents()).toEqual({ [name]: 'new' })
})

it.each([
  ['whose folders are too deep', 'deep/'.repeat(2000), 'no-folder'],
  ['whose name is too long', 'n'.repeat(300), 'failed'],
])('refuses a file %s', (_, name, reason) => {
  const path = at(`${name}.json`)
  expect(whyNotReplace(path)).toMatchObject({ reason, path })
  expect(replaceFile({ path, text: 'new' })).toMatchObject({ reason, path })
})

it.skipIf(process.getuid?.() !== 0)(
  'says that it is the folder that cannot be written, not the file (needs root)',
  () => {
    writeFileSync(at('a.json'), 'former')
    chmodSync(at('a.json'), 0o666)
    chmodSync(folder, 0o755)
    expect(asNobody(() => whyNotReplace(at('a.json')))).toMatchObject({ reason: 'folder-denied' })
    expect(asNobody(() => whyNotReplace(at('b.json')))).toMatchObject({ reason: 'denied' })
    expect(contents()).toEqual({ 'a.json': 'former' })
  },
)

function asNobody<T>(ask: () => T): T {
  process.seteuid?.(65_534)
  try {
    return ask()
  } finally {
    process.seteuid?.(0)
  }
}

it('keeps the mode of a file', () => {
  writeFileSync(at('a.json'), 'former', { mode: 0o640 })
  chmodSync(at('a.json'), 0o604)
  expect(replaceFile({ path: at('a.json'), text: 'new' })).toBeUndefined()
  expect(statSync(at('a.json')).mode % 0o10000).toBe(0o604)
})

it.skipIf(process.getuid?.() !== 0)('keeps the owner of a file (needs root)', () => {
  writeFileSync(at('a.json'), 'former')
  chownSync(at('a.json'), 65_534, 65_533)
  expect(replaceFile({ path: at('a.json'), text: 'new' })).toBeUndefined()
  expect(statSync(at('a.json'))).toMatchObject({ uid: 65_534, gid: 65_533 })
})

it('refuses a pipe', () => {
  execFileSync('mkfifo', [at('pipe')])
  expect(whyNotReplace(at('pipe'))).toMatchObject({ reason: 'special' })
})

function contents(): Record<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true })
  return Object.fromEntries(
    entries.map((entry) => [
      entry.name,
      entry.isFile() ? readFileSync(at(entry.name), 'utf8') : 'no file',
    ]),
  )
}
