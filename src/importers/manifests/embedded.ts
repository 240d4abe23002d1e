import type { Source, YamlMap, YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportFlaw, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { importMysql } from '../mysql/import-mysql.ts'
import { importPostgresql } from '../postgresql/import-postgresql.ts'
import { readDocuments } from './documents.ts'
import { textOf } from './parameters.ts'

/** A ConfigMap of Kubernetes that holds a postgresql.conf or a my.cnf. */
export const configMap: Importer = {
  importFile: (path, library, options) =>
    importEmbedded(
      path,
      library,
      options,
      (root) => textOf(root.entries.get('kind')?.node) === 'ConfigMap',
      'a ConfigMap with a postgresql.conf or a my.cnf',
    ),
  fileName: /(?!)/,
  content: /^kind:\s*["']?ConfigMap\b/m,
}

/** Values of a Helm chart with a configuration in them, as Bitnami's charts have: `extendedConfiguration`. */
export const helmValues: Importer = {
  importFile: (path, library, options) =>
    importEmbedded(
      path,
      library,
      options,
      () => true,
      'values with `primary.extendedConfiguration` or `primary.configuration`',
    ),
  fileName: /(?!)/,
  content: /^[ \t]+(?:extendedConfiguration|configuration):[ \t]*[|]/m,
}

/** Keys that hold a configuration; a later one is read after an earlier one. */
const confKeys = /^(?:configuration|extended_?configuration|.*[.](?:conf|cnf))$/i
const notConf = /^(?:pg_hba|pg_ident|pg_?hba_?configuration)[.]?/i

function importEmbedded(
  path: string,
  library: Library,
  options: ImportOptions,
  isWanted: (root: YamlMap) => boolean,
  expected: string,
): Imported {
  const { found, flaws, source } = readDocuments(path, library, /\S/, isWanted, expected)
  const texts = found.flatMap((root) => textsIn(root))
  if (flaws.length > 0) return { ok: false, flaws }
  if (texts.length === 0) {
    const spot = { source, offset: 0 }
    return { ok: false, flaws: [{ message: 'no configuration is in the file', expected, spot }] }
  }
  const blocks = texts.map((node) => blockAt(node, source))
  const wrong = blocks.flatMap((block) => ('message' in block ? [block] : []))
  if (wrong.length > 0) return { ok: false, flaws: wrong }
  const ranges = blocks.flatMap((block) => ('message' in block ? [] : [block]))
  const text = onlyRanges(source.text, ranges)
  const isMysql = /^[ \t]*\[(?:mysqld|mariadb|server|galera)/m.test(text)
  const read = isMysql ? importMysql : importPostgresql
  return read(path, holding(library, path, text), options)
}

/** Every text below a key that names a configuration; others hold scripts, rules or passwords. */
function textsIn(node: YamlNode, depth = 0): readonly YamlNode[] {
  if (node.kind !== 'map' || depth > deepest) return []
  return [...node.entries].flatMap(([key, { node: child }]) => {
    if (child.kind === 'map') return textsIn(child, depth + 1)
    const isText = child.kind === 'scalar' && typeof child.value === 'string' && child.value !== ''
    return isText && confKeys.test(key) && !notConf.test(key) ? [child] : []
  })
}

const deepest = 20

interface Range {
  readonly from: number
  readonly to: number
}

/**
 * Where the lines of a literal block are in the file. Of a document behind others the offset is that of
 * its own text.
 */
function blockAt({ spot }: YamlNode, whole: Source): Range | ImportFlaw {
  const start = spot.offset + whole.text.indexOf(spot.source.text)
  const header = /[|][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?\r?\n/y
  header.lastIndex = start
  if (!header.test(whole.text)) {
    return {
      message: 'this configuration is no literal block, so its lines have no place of their own',
      expected: 'a block that `|` opens, with a line for each setting',
      spot,
    }
  }
  const from = header.lastIndex
  const indent =
    /^(?:[ \t]*\r?\n)*( *)/.exec(whole.text.slice(from, from + longestIndent))?.[1] ?? ''
  let to = from
  while (to < whole.text.length) {
    const newline = whole.text.indexOf('\n', to)
    const end = newline === -1 ? whole.text.length : newline + 1
    const line = whole.text.slice(to, end)
    if (/\S/.test(line) && !line.startsWith(indent)) break
    to = end
  }
  return { from, to }
}

const longestIndent = 4096

/** The file with all else blank, so that every line and column is where it was. */
function onlyRanges(text: string, ranges: readonly Range[]): string {
  let [made, at] = ['', 0]
  for (const { from, to } of ranges.toSorted((left, right) => left.from - right.from)) {
    if (from < at) continue
    made += text.slice(at, from).replace(/[^\n]/g, ' ') + text.slice(from, to)
    at = to
  }
  return made + text.slice(at).replace(/[^\n]/g, ' ')
}

function holding(library: Library, path: string, text: string): Library {
  return { ...library, read: (file) => (file === path ? { ok: true, text } : library.read(file)) }
}
