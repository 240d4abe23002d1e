import { posix } from 'node:path'
import type { Library } from '../../src/importers/library.ts'

/** A library that is all in memory. */
export function libraryOf(files: Readonly<Record<string, string>>): Library {
  const paths = Object.keys(files)
  return {
    read: (path) => {
      const text = files[posix.normalize(path)]
      return text === undefined ? missing : { ok: true, text }
    },
    list: (folder) => {
      const at = posix.normalize(folder).replace(/\/$/, '')
      const names = paths.filter((path) => posix.dirname(path) === at)
      return names.length === 0
        ? missing
        : { ok: true, names: names.map((path) => posix.basename(path)) }
    },
  }
}

const missing = { ok: false, missing: true, why: 'no such file or directory' } as const
