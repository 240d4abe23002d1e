import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  findFiles,
  kindOf,
  listFolder,
  listNames,
  readFile,
  realPath,
} from '../../../src/cli/machine/node-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

writeFileSync(at('a.yaml'), 'abc')
mkdirSync(at('below'))
writeFileSync(at('below/b.yaml'), '')
symlinkSync('a.yaml', at('link.yaml'))
symlinkSync('/etc/of\tanother/my.cnf', at('nowhere.cnf'))
execFileSync('mkfifo', [at('pipe.yaml')])

describe('a path', () => {
  it('has the kind of what is there, links followed', () => {
    expect(['a.yaml', 'link.yaml', 'below', 'pipe.yaml'].map((name) => kindOf(at(name)))).toEqual([
      'file',
      'file',
      'folder',
      'special',
    ])
    expect(kindOf(at('missing'))).toMatchObject({ reason: 'missing' })
  })

  it('is the same however it is written, also where the file is missing', () => {
    expect(realPath(at('link.yaml'))).toBe(realPath(at('below/../a.yaml')))
    expect(realPath(at('below/../missing'))).toBe(at('missing'))
  })
})

describe('a file', () => {
  it('is read whole, or not if it is larger than allowed', () => {
    expect(readFile(at('a.yaml'), 3)).toEqual({ ok: true, content: Buffer.from('abc') })
    expect(readFile(at('a.yaml'), 2)).toMatchObject({ reason: 'too-large' })
  })

  it('of /proc is read whole, though its size is 0', () => {
    const reading = readFile('/proc/self/status', 1e6)
    expect(reading.ok && String(reading.content)).toContain('VmPTE:')
  })

  it('is not read from a pipe or a folder', () => {
    expect(readFile(at('pipe.yaml'), 10)).toMatchObject({ reason: 'special' })
    expect(readFile(at('below'), 10)).toMatchObject({ reason: 'folder' })
  })

  it('is missing behind a link to nowhere, which is named without control characters', () => {
    const detail = String.raw`a link to /etc/of\x09another/my.cnf`
    expect(readFile(at('nowhere.cnf'), 10)).toMatchObject({ reason: 'missing', detail })
  })
})

describe('a folder', () => {
  it('has regular files, or all its names', () => {
    expect(listFolder(folder)).toEqual({ ok: true, names: ['a.yaml'] })
    const all = listNames(folder)
    expect(all.ok && [...all.names].sort()).toEqual([
      ...['a.yaml', 'below', 'link.yaml', 'nowhere.cnf', 'pipe.yaml'],
    ])
  })

  it('is neither a file nor below one', () => {
    expect(listNames(at('a.yaml'))).toMatchObject({ ok: false, reason: 'not-a-folder' })
    expect(listNames(at('a.yaml/x'))).toMatchObject({ ok: false, reason: 'missing' })
  })

  it('is searched by a pattern', async () => {
    const own = 'test/cli/machine/node-files.test.ts'
    expect(await findFiles('test/cli/mach*/node-files.test.ts')).toEqual([own])
    expect(await findFiles(at('x*'))).toEqual([])
  })

  it('are found without following links to folders, which may lead round in a circle', async () => {
    for (const name of ['one', 'two', 'three']) symlinkSync('.', at(`round-${name}`))
    symlinkSync('below', at('beside'))
    const found = (await findFiles(at('**/*.yaml'))).map((path) => relative(folder, path))
    expect(found).toEqual(['a.yaml', 'below/b.yaml', 'link.yaml'])
    const behind = (await findFiles(at('beside/*.yaml'))).map((path) => relative(folder, path))
    expect(behind).toEqual(['beside/b.yaml'])
  })
})
