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
    if (stats.isDirectory()) return folderTree(rootOf(root), false)
    if (!stats.isFile()) return { ok: false, path: root, reason: 'special' }
    const packing = packingOf(headOf(root))
    return packing === undefined
      ? { ok: false, path: root, reason: 'no-archive' }
      : archiveTree(root, packing)
  } catch (error) {
    return refusalOf(root, error)
  }
}

/** The folder itself or, of an unpacked report, the only one in it that has proc below it. */
function rootOf(folder: string): string {
  if (hasProc(folder)) return folder
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && hasProc(join(folder, entry.name)))
    .map(({ name }) => join(folder, name))
  const [only, another] = inside
  return only !== undefined && another === undefined ? only : folder
}

function hasProc(folder: string): boolean {
  return lstatSync(join(folder, 'proc'), { throwIfNoEntry: false })?.isDirectory() === true
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
