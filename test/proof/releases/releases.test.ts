import { execFileSync, spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const home = mkdtempSync(join(tmpdir(), 'mshare-plan-releases-'))
const elsewhere = mkdtempSync(join(tmpdir(), 'mshare-plan-elsewhere-'))
const compiled = join(home, 'dist/compiled')
const server = join(root, 'scenarios/oracle-sga-300g.yaml')
const plan = [server, '--details']

beforeAll(() => {
  for (const part of ['bin', 'docs', 'dist/bundle', 'package.json']) {
    cpSync(join(root, part), join(home, part), { recursive: true })
  }
})
afterAll(() => {
  for (const path of [home, elsewhere]) rmSync(path, { recursive: true, force: true })
})

/** How the copy of the program ends under a Node. */
function answer(node: string, words: readonly string[], umask = 0o022) {
  const before = process.umask(umask)
  const { status, signal, stdout, stderr } = spawnSync(
    node,
    [join(home, 'bin/mshare-plan.js'), ...words],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { PATH: '/none', LANG: 'C.UTF-8', COLUMNS: '80' },
    },
  )
  process.umask(before)
  return { status, signal, stdout, stderr }
}

describe.each(['22', '24'])('Node %s', (release) => {
  const node = join(import.meta.dirname, `../node_modules/node-${release}/bin/node`)
  beforeEach(({ skip }) => {
    skip(!existsSync(node), 'the build of Node from npm is for Linux on x86-64')
  })

  it.each([
    [['--version']],
    [plan],
    [['check', server]],
    [['check', server, '--format', 'json']],
    [['limits', join(root, 'scenarios/mysql-threads.yaml')]],
    [['explain', server, 'headroom']],
    [['capture', '--root', join(root, 'test/fixtures/proc/postgres-huge-pages')]],
    [[server, '--set', 'host.memroy=1']],
  ])('answers %j as this Node does, and again from what it has compiled', (words) => {
    const expected = answer(process.execPath, words)
    expect([answer(node, words), answer(node, words)]).toEqual([expected, expected])
  })

  it('keeps what it has compiled, and plans the same where that is damaged', () => {
    const expected = answer(process.execPath, plan)
    rmSync(compiled, { recursive: true, force: true })
    expect(answer(node, plan)).toEqual(expected)
    const files = filesIn(compiled)
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      const whole = readFileSync(file)
      const damaged = [0, 0.01, 0.3, 0.6, 0.9].map((part) => flipped(whole, part))
      for (const bytes of [...damaged, whole.subarray(0, whole.length / 2)]) {
        writeFileSync(file, bytes)
        expect(answer(node, plan)).toEqual(expected)
      }
    }
  })

  it('keeps it where no other user may write, whatever the umask', () => {
    rmSync(compiled, { recursive: true, force: true })
    expect(answer(node, plan, 0)).toEqual(answer(process.execPath, plan))
    expect(statSync(compiled).mode % 0o1000).toBe(0o700)
  })

  it.each([
    ['a folder that others may write to', () => mkdirSync(compiled)],
    ['a link', () => symlinkSync(mkdtempSync(join(elsewhere, 'of-')), compiled)],
    ['a file', () => writeFileSync(compiled, '')],
  ])('keeps nothing in %s', (_, put) => {
    rmSync(compiled, { recursive: true, force: true })
    put()
    expect(answer(node, plan)).toEqual(answer(process.execPath, plan))
    const kept = [compiled, elsewhere].filter(existsSync).flatMap(filesIn)
    rmSync(compiled, { recursive: true, force: true })
    expect(kept).toEqual([])
  })

  it('keeps nothing in a package of another user', ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can give a file to another user')
    chownSync(join(home, 'dist'), 1234, 1234)
    try {
      expect(answer(node, plan)).toEqual(answer(process.execPath, plan))
      expect(existsSync(compiled)).toBe(false)
    } finally {
      chownSync(join(home, 'dist'), 0, 0)
    }
  })

  it('keeps nothing on a disk that is nearly full', ({ skip }) => {
    skip(process.getuid?.() !== 0, 'only root can mount a disk')
    const dist = join(home, 'dist')
    const copy = join(elsewhere, 'copy')
    cpSync(dist, copy, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', dist])
    try {
      cpSync(copy, dist, { recursive: true })
      expect(answer(node, plan)).toEqual(answer(process.execPath, plan))
      expect(existsSync(compiled)).toBe(false)
    } finally {
      execFileSync('umount', [dist])
      rmSync(copy, { recursive: true })
    }
  })
})

/** The files in a folder and below it, or that file. */
function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return statSync(path).size > 0 ? [path] : []
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** With every bit of one byte flipped, at a part of its length. */
function flipped(bytes: Buffer, part: number): Buffer {
  const damaged = Buffer.from(bytes)
  const place = Math.floor(bytes.length * part)
  damaged[place] = 255 - (damaged[place] ?? 0)
  return damaged
}
