import { posix } from 'node:path'
import type { Imported } from '../../src/importers/importer.ts'
import type { Library } from '../../src/importers/library.ts'
import type { AnnotatedScenario } from '../../src/scenario/annotated-scenario.ts'
import { toIssue } from '../../src/scenario/yaml/yaml-tree.ts'

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
    find: (written, folder) => ({
      path: written.startsWith('/') ? written : `${folder}${written}`,
    }),
  }
}

const missing = { ok: false, missing: true, why: 'no such file or directory' } as const

/** `my.cnf:2:9: message` of all that is wrong; nothing where a scenario was made. */
export function placesOf(imported: Imported): readonly string[] {
  if (imported.ok) return []
  return imported.flaws.map(toIssue).map(({ file, line, column, message, suggestion }) => {
    const meant = suggestion === undefined ? '' : ` (${suggestion})`
    return `${file}:${line}:${column}: ${message}${meant}`
  })
}

/** A scenario that was made, as its reader sees it. */
export function partsOf(annotated: AnnotatedScenario) {
  const { headerComment: opening, notes } = annotated
  return { scenario: annotated.complete(), opening, notes }
}
