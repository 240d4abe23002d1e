import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/**
 * A file of declarations: which it has, and where it takes others from.
 * @typedef {object} Declared
 * @property {ts.SourceFile} source
 * @property {ReadonlyMap<string, readonly ts.Statement[]>} own
 * @property {ReadonlyMap<string, { readonly path: string, readonly name: string }>} taken
 */

/**
 * The declarations of tsc that an entry offers, and those that they lead to, without the others of
 * the same files. They name no package: who installs the library has none of them.
 * @param {string} entry
 * @returns {ReadonlyMap<string, string>} path → text
 */
export function typesFrom(entry) {
  /** @type {Map<string, Declared>} */
  const files = new Map()
  /** @type {Set<ts.Statement>} */
  const reached = new Set()
  for (const { path, names } of offersOf(entry)) {
    for (const name of names ?? fileAt(path).own.keys()) reach(path, name)
  }
  const texts = [...files].map(([path, file]) => /** @type {const} */ ([path, textOf(file)]))
  const needed = texts.filter(([, text]) => text !== '')
  return new Map([[entry, readFileSync(entry, 'utf8')], ...needed])

  /** @param {string} path */
  function fileAt(path) {
    const file = files.get(path) ?? read(path)
    files.set(path, file)
    return file
  }

  /** @param {string} path @param {string} name @returns {void} */
  function reach(path, name) {
    const { own, taken } = fileAt(path)
    const from = taken.get(name)
    if (from !== undefined) reach(from.path, from.name)
    for (const statement of own.get(name) ?? []) {
      if (reached.has(statement)) continue
      reached.add(statement)
      for (const used of namesIn(statement)) reach(path, used)
    }
  }

  /** @param {Declared} file */
  function textOf({ source }) {
    const kept = source.statements.filter((one) => reached.has(one))
    const used = new Set(kept.flatMap((one) => [...namesIn(one)]))
    const imports = source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
      const names = importedBy(statement).filter(({ name }) => used.has(name))
      if (names.length === 0) return []
      const list = names.map(({ text }) => text).join(', ')
      return [`import type { ${list} } from ${statement.moduleSpecifier.getText()};\n`]
    })
    return [...imports, ...kept.map((one) => `${one.getFullText().trim()}\n`)].join('')
  }
}

/** @param {string} entry whose statements are all of the form `export … from` */
function offersOf(entry) {
  return parsed(entry).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return []
    const { exportClause } = statement
    const names =
      exportClause !== undefined && ts.isNamedExports(exportClause)
        ? exportClause.elements.map((one) => (one.propertyName ?? one.name).text)
        : undefined
    return [{ path: pathOf(entry, statement.moduleSpecifier), names }]
  })
}

/** @param {string} path @returns {Declared} */
function read(path) {
  const source = parsed(path)
  /** @type {Map<string, ts.Statement[]>} */
  const own = new Map()
  const taken = new Map()
  for (const statement of source.statements) {
    for (const name of declaredBy(statement)) own.set(name, [...(own.get(name) ?? []), statement])
    if (!ts.isImportDeclaration(statement)) continue
    for (const { name, original } of importedBy(statement)) {
      taken.set(name, { path: pathOf(path, statement.moduleSpecifier), name: original })
    }
  }
  return { source, own, taken }
}

/** @param {string} path */
function parsed(path) {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
}

/** @param {ts.Statement} statement @returns {readonly string[]} */
function declaredBy(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  }
  return ts.isDeclarationStatement(statement) && statement.name !== undefined
    ? [statement.name.getText()]
    : []
}

/** @param {ts.ImportDeclaration} statement */
function importedBy({ importClause }) {
  const bindings = importClause?.namedBindings
  if (bindings === undefined || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map((one) => ({
    name: one.name.text,
    original: (one.propertyName ?? one.name).text,
    text: one.getText(),
  }))
}

/** @param {ts.Node} node @returns {Set<string>} */
function namesIn(node) {
  const names = new Set()
  visit(node)
  return names

  /** @param {ts.Node} part */
  function visit(part) {
    if (ts.isImportTypeNode(part)) throw new Error(`${part.getText()} is no import of its file`)
    if (ts.isIdentifier(part)) names.add(part.text)
    ts.forEachChild(part, visit)
  }
}

/** @param {string} from @param {ts.Expression | undefined} specifier */
function pathOf(from, specifier) {
  const name = specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : ''
  if (!name.startsWith('.')) throw new Error(`${from} leads to the package ${name}`)
  return join(dirname(from), name.replace(/[.][jt]s$/, '.d.ts'))
}
