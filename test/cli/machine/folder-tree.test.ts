import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { folderTree } from '../../../src/cli/machine/folder-tree.ts'

const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-folder-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const root = join(folder, 'root')
mkdirSync(join(root, 'proc/1'), { recursive: true })
mkdirSync(join(folder, 'outside'))
writeFileSync(join(folder, 'outside/status'), 'secret')
writeFileSync(join(root, 'proc/1/status'), 'VmPTE: 4 kB\n')
writeFileSync(join(root, 'proc/1/smaps'), 'x'.repeat(3 * 1024 * 1024))
symlinkSync('../../../outside/status', join(root, 'proc/1/maps'))
symlinkSync('/usr/bin/postgres', join(root, 'proc/1/exe'))
symlinkSync('../../outside', join(root, 'proc/2'))
execFileSync('mkfifo', [join(root, 'proc/1/pipe')])

const tree = folderTree(root, false)

function read(path: string, enough = Number.POSITIVE_INFINITY) {
  let length = 0
  let ends = 0
  const refusal = tree.stream(path, {
    take: (piece) => {
      length += piece.length
      return length >= enough
    },
    end: () => {
      ends += 1
    },
  })
  return refusal?.reason ?? { length, ends }
}

describe('a folder that holds a copy', () => {
  it('is listed, and its files are read to their ends', () => {
    expect(tree.list('proc')).toEqual(['1', '2'])
    expect(read('proc/1/status')).toEqual({ length: 12, ends: 1 })
    expect(read('proc/1/smaps')).toEqual({ length: 3 * 1024 * 1024, ends: 1 })
  })

  it('has files that are read no further than wanted', () => {
    expect(read('proc/1/smaps', 1)).toEqual({ length: 1024 * 1024, ends: 1 })
  })

  it('has files that are read from a position on', () => {
    const target = new Uint8Array(4)
    expect(tree.readAt('proc/1/status', 8, target)).toBe(4)
    expect(Buffer.from(target).toString()).toBe(' kB\n')
  })

  it('tells what a link says', () => {
    expect(tree.link('proc/1/exe')).toBe('/usr/bin/postgres')
    expect(tree.link('proc/1/status')).toMatchObject({ reason: 'missing' })
  })

  it.each([
    ['proc/1/maps', 'link'],
    ['proc/2/status', 'link'],
    ['proc/1/pipe', 'special'],
    ['proc/1/missing', 'missing'],
    ['proc/3/status', 'missing'],
    ['proc/1/status/x', 'missing'],
  ])('refuses %s: %s', (path, reason) => {
    expect(read(path)).toBe(reason)
  })

  it('refuses a folder behind a link', () => {
    expect(tree.list('proc/2')).toMatchObject({ ok: false, reason: 'link' })
  })
})

it('reads files of a live kernel, whose size is 0', () => {
  const live = folderTree('/', true)
  let length = 0
  live.stream(`proc/${live.self}/status`, {
    take: (piece) => {
      length += piece.length
      return false
    },
    end: () => {},
  })
  expect(length).toBeGreaterThan(100)
})
