import { closeSync, constants, lstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree } from '../../capture/files/tree.ts'
import { printable } from '../../units/printable.ts'
import { archiveTree } from './archive-tree.ts'
import { folderTree } from './folder-tree.ts'
import { optimizeLater } from './node-engine.ts'
import { refusalOf } from './node-failure.ts'
import { packingOf, unreadPacking } from './packing.ts'
import type { Refusal } from './world.ts'

/** The running machine, or a copy of one: a folder or an archive. */
export function openTree(root: string | undefined): Tree | Refusal {
  optimizeLater()
  if (root === undefined) return folderTree('/', true)
  try {
    const stats = statSync(root)
    if (stats.isDirectory()) return treeIn(root)
    if (!stats.isFile()) return { ok: false, path: root, reason: 'no-root' }
    const head = headOf(root)
    const packing = packingOf(head)
    if (packing !== undefined) return archiveTree(root, packing)
    const unread = unreadPacking(head)
    return unread === undefined
      ? { ok: false, path: root, reason: 'no-archive' }
      : { ok: false, path: root, reason: 'packed', detail: unread }
  } catch (error) {
    return refusalOf(root, error)
  }
}

function treeIn(folder: string): Tree | Refusal {
  if (hasProc(folder)) return folderTree(folder, false)
  const entries = readdirSync(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (
    folders.some((name) => /^[1-9]\d{0,9}$/.test(name) && isThere(join(folder, name, 'status')))
  ) {
    return { ok: false, path: folder, reason: 'proc-itself' }
  }
  // An unpacked report is the only folder in the one that is named.
  // That of Insights has one more in it.
  const [only, another] = folders
    .flatMap((name) => [name, join(name, 'data')])
    .filter((name) => hasProc(join(folder, name)))
    .sort()
  if (only === undefined) {
    // That of supportconfig has no proc.
    const [alone] = entries.length === 1 ? folders : []
    return folderTree(alone === undefined ? folder : join(folder, alone), false)
  }
  if (another === undefined) return folderTree(join(folder, only), false)
  const detail = printable([only, another].map((name) => `${name}/proc`).join(' and '))
  return { ok: false, path: folder, reason: 'several-machines', detail }
}

function hasProc(folder: string): boolean {
  return lstatSync(join(folder, 'proc'), { throwIfNoEntry: false })?.isDirectory() === true
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(512)
  const descriptor = openSync(path, constants.O_RDONLY + constants.O_NONBLOCK)
  try {
    return head.subarray(0, readSync(descriptor, head))
  } finally {
    closeSync(descriptor)
  }
}
