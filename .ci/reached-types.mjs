import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/**
 * A file of declarations: which it has, and where it takes others from.
 * @typedef {object} Declared
 * @property {ReadonlyMap<string, readonly ts.Statement[]>} own
 * @property {ReadonlyMap<string, string>} taken name → the file that has it
 */

/**
 * The declarations of tsc that an entry offers, and those that they lead to, as one text. They name no
 * package: who installs the library has none of them.
 * @param {string} entry
 * @returns {string}
 */
export function typesFrom(entry) {
  /** @type {Map<string, Declared>} */
  const files = new Map()
  /** @type {Set<ts.Statement>} */
  const reached = new Set()
  /** @type {Set<ts.Statement>} */
  const offered = new Set()
  /** @type {Map<string, string>} name → the file that has it */
  const places = new Map()
  for (const { path, names } of offersOf(entry)) {
    for (const name of names ?? fileAt(path).own.keys()) {
      for (const statement of fileAt(path).own.get(name) ?? []) offered.add(statement)
      reach(path, name)
    }
  }
  // Without the last line all that a file declares would be offered.
  return [...[...reached].map(textOf), 'export {}\n'].join('')

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
    if (from !== undefined) reach(from, name)
    for (const statement of own.get(name) ?? []) take(statement, name, path)
  }

  /** @param {ts.Statement} statement @param {string} name @param {string} path */
  function take(statement, name, path) {
    if (reached.has(statement)) return
    const other = places.get(name) ?? path
    if (other !== path) throw new Error(`${name} is declared in ${other} and in ${path}`)
    places.set(name, path)
    reached.add(statement)
    for (const used of namesIn(statement)) reach(path, used)
  }

  /** @param {ts.Statement} statement */
  function textOf(statement) {
    const text = statement.getText()
    const comments = statement.getFullText().slice(0, statement.getLeadingTriviaWidth()).trim()
    const own = offered.has(statement) ? text : text.replace(/^export /, '')
    // Indented by one column: its readers are programs.
    const shallow = own.replaceAll(/^( {4})+/gm, (indent) => ' '.repeat(indent.length / 4))
    return [comments, shallow, ''].filter((part, index) => part !== '' || index === 2).join('\n')
  }
}

/** @param {string} entry whose statements are all of the form `export … from` */
function offersOf(entry) {
  return parsed(entry).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return []
    const { exportClause } = statement
    const names =
      exportClause !== undefined && ts.isNamedExports(exportClause)
        ? exportClause.elements.map((one) => one.getText())
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
    for (const name of importedBy(statement)) {
      taken.set(name, pathOf(path, statement.moduleSpecifier))
    }
  }
  return { own, taken }
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
  return bindings.elements.map(({ name, propertyName }) => {
    if (propertyName !== undefined) throw new Error(`${propertyName.getText()} is renamed`)
    return name.text
  })
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
