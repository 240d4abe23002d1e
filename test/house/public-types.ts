import { relative } from 'node:path'
import ts from 'typescript'

/** What the public door of a library lacks. */
export interface Lacking {
  /** Types that a public signature names and nobody can import: `Host (src/host.ts), named by Workload`. */
  readonly unreachable: readonly string[]
  /** Public names without a docstring. */
  readonly undocumented: readonly string[]
  /** Names that were looked at. */
  readonly names: readonly string[]
}

/** Walks every signature that can be imported from a module of ours, whose other modules lie below a root. */
export function lackingIn(program: ts.Program, entry: string, root: string): Lacking {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(entry)
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file)
  if (module === undefined) throw new RangeError(`${entry} is no module`)
  const exported = checker.getExportsOfModule(module).map((symbol) => meantBy(symbol, checker))
  const known = new Set(exported)
  const unreachable = new Map<ts.Symbol, string>()
  for (const symbol of exported) {
    for (const named of typesNamedBy(symbol, checker)) {
      const place = placeIn(root, named)
      if (place === undefined || known.has(named) || unreachable.has(named)) continue
      unreachable.set(named, `${named.name} (${place}), named by ${symbol.name}`)
    }
  }
  const isBare = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length === 0
  return {
    unreachable: [...unreachable.values()],
    undocumented: exported.filter(isBare).map(({ name }) => name),
    names: exported.map(({ name }) => name),
  }
}

/** What an import or an export under some name leads to. */
function meantBy(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  const isAlias = symbol.declarations?.some(
    (one) => ts.isExportSpecifier(one) || ts.isImportSpecifier(one),
  )
  return isAlias ? checker.getAliasedSymbol(symbol) : symbol
}

function typesNamedBy(symbol: ts.Symbol, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const names = (symbol.declarations ?? []).flatMap(signature).flatMap(typeNames)
  return names.flatMap((name) => {
    const found = checker.getSymbolAtLocation(name)
    return found === undefined ? [] : [meantBy(found, checker)]
  })
}

/** The parts of a declaration that its users see. */
function signature(declaration: ts.Declaration): readonly ts.Node[] {
  if (ts.isInterfaceDeclaration(declaration)) return [declaration]
  if (ts.isTypeAliasDeclaration(declaration)) return [declaration]
  if (!ts.isClassDeclaration(declaration)) return partsOf(declaration)
  const { heritageClauses = [], typeParameters = [], members } = declaration
  return [...heritageClauses, ...typeParameters, ...members.filter(isPublic).flatMap(partsOf)]
}

function isPublic(member: ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? ts.getModifiers(member) : undefined
  const isPrivate = modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
  return !isPrivate && !(member.name !== undefined && ts.isPrivateIdentifier(member.name))
}

/** Of functions, constants and members. */
function partsOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isFunctionLike(node)) {
    const { typeParameters = [], parameters, type } = node
    const taken = parameters.flatMap((one) => one.type ?? [])
    return [...typeParameters, ...taken, ...(type === undefined ? [] : [type])]
  }
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyDeclaration(node)) return []
  return node.type === undefined ? [] : [node.type]
}

/** Names of types at or below a node. What `typeof` names is a value, whose type is written out for users. */
function typeNames(node: ts.Node): readonly ts.Node[] {
  const names: ts.Node[] = []
  if (ts.isTypeReferenceNode(node)) names.push(node.typeName)
  if (ts.isExpressionWithTypeArguments(node)) names.push(node.expression)
  ts.forEachChild(node, (child) => {
    names.push(...typeNames(child))
  })
  return names
}

/** Where a type of ours is declared; `undefined` of type parameters, and of types of others. */
function placeIn(root: string, { declarations = [] }: ts.Symbol): string | undefined {
  if (declarations.some(ts.isTypeParameterDeclaration)) return undefined
  const [place = ''] = declarations.map((one) => relative(root, one.getSourceFile().fileName))
  const isOurs = place !== '' && !place.startsWith('..') && !place.includes('node_modules')
  return isOurs ? place : undefined
}
