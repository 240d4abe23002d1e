import type { FolderTree, TreeRefusal } from '../../src/capture/files/tree.ts'

/** What stands at a path of a tree in memory: bytes, or a link. */
export type Content = Uint8Array | { readonly link: string }

/**
 * A copied tree that is all in memory, below a folder of the files. Paths are those of the files;
 * without files below the folder it is empty.
 */
export function memoryTree(files: ReadonlyMap<string, Content>, root: string): FolderTree {
  const prefix = root === '' ? '' : `${root}/`
  const missing = (path: string): TreeRefusal => ({ ok: false, path, reason: 'missing' })
  return {
    kind: 'folder',
    live: false,
    isSame: (one, other) => Buffer.compare(one, other) === 0,
    list: (folder) => {
      const top = folder === '' ? prefix : `${prefix}${folder}/`
      const below = [...files.keys()].filter((path) => path.startsWith(top))
      const names = new Set(below.map((path) => path.slice(top.length).split('/')[0] ?? ''))
      return names.size === 0 ? missing(folder) : [...names]
    },
    stream: (path, sink) => {
      const content = files.get(prefix + path)
      if (content === undefined) return missing(path)
      if (!(content instanceof Uint8Array)) return { ok: false, path, reason: 'link' }
      sink.take(content)
      sink.end()
      return undefined
    },
    link: (path) => {
      const content = files.get(prefix + path)
      return content === undefined || content instanceof Uint8Array ? missing(path) : content.link
    },
    readAt: (path, position, target) => {
      const content = files.get(prefix + path)
      if (!(content instanceof Uint8Array)) return missing(path)
      const piece = content.subarray(position, position + target.length)
      target.set(piece)
      return piece.length
    },
  }
}
