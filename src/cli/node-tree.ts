import { closeSync, lstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Tree } from '../capture/tree.ts'
import { archiveTree, packingOf } from './archive-tree.ts'
import { folderTree } from './folder-tree.ts'
import { refusalOf } from './node-failure.ts'
import type { Refusal } from './world.ts'

/** The running machine, or a copy of one: a folder or an archive. */
export function openTree(root: string | undefined): Tree | Refusal {
  if (root === undefined) return folderTree('/', true)
  try {
    const stats = statSync(root)
    if (stats.isDirectory()) return treeIn(root)
    if (!stats.isFile()) return { ok: false, path: root, reason: 'no-root' }
    const packing = packingOf(headOf(root))
    return packing === undefined
      ? { ok: false, path: root, reason: 'no-archive' }
      : archiveTree(root, packing)
  } catch (error) {
    return refusalOf(root, error)
  }
}

function treeIn(folder: string): Tree | Refusal {
  const root = rootOf(folder)
  return root === undefined
    ? { ok: false, path: folder, reason: 'proc-itself' }
    : folderTree(root, false)
}

/** The folder itself or, of an unpacked report, the only one in it that has proc below it; `undefined` where it is proc. */
function rootOf(folder: string): string | undefined {
  if (hasProc(folder)) return folder
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  if (folders.some((name) => /^[1-9]\d{0,9}$/.test(name) && isThere(join(folder, name, 'status'))))
    return undefined
  const inside = folders.map((name) => join(folder, name)).filter(hasProc)
  const [only, another] = inside
  return only !== undefined && another === undefined ? only : folder
}

function hasProc(folder: string): boolean {
  return lstatSync(join(folder, 'proc'), { throwIfNoEntry: false })?.isDirectory() === true
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(512)
  const descriptor = openSync(path, 'r')
  try {
    return head.subarray(0, readSync(descriptor, head))
  } finally {
    closeSync(descriptor)
  }
}
