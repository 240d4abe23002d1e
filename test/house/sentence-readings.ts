import { relative } from 'node:path'
import ts from 'typescript'

/** A place where a program reads what was written for people. */
export interface Reading {
  /** Path below the root. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** The field that is read, as `BudgetLine.name`. */
  readonly field: string
}

/** Fields of ours that hold words for people, whoever declares them. */
const sentences: ReadonlySet<string> = new Set([
  ...['expected', 'fault', 'formula', 'label', 'meaning', 'message', 'note', 'origin', 'remark'],
  ...['sentence', 'source', 'substituted', 'suggestion'],
])
/** Fields whose name says less: words in these types only. */
const sentencesOf: Readonly<Record<string, readonly string[]>> = {
  BudgetLine: ['name'],
  Note: ['text'],
  Obstacle: ['need', 'found'],
  RegionObstacle: ['need', 'found'],
}
/** Types whose `id` is compared as a whole: what it is made of is in fields of its own. */
const identified: ReadonlySet<string> = new Set([
  ...['Advised', 'NamedStrategy', 'PlannedStrategy', 'RefusedStrategy'],
  ...['Rejected', 'StrategyLimits'],
])
/** Methods that look inside a text. */
const cuts: ReadonlySet<string> = new Set([
  ...['endsWith', 'includes', 'indexOf', 'lastIndexOf', 'match', 'matchAll', 'replace', 'search'],
  ...['slice', 'split', 'startsWith', 'substring'],
])
/** Methods that look inside what they are handed, or look something up by it. */
const cutsHanded: ReadonlySet<string> = new Set(['exec', 'test'])
const isLookUp: ReadonlySet<string> = new Set(['includes', 'indexOf', 'get', 'has'])
/** Here any text is escaped, painted and broken into lines, whatever it says. */
const drawing = /^src\/(render\/text\/|units\/printable[.]ts$|scenario\/write-scenario[.]ts$)/

/** Every reading in the sources of a program, in their order. */
export function readingsIn(program: ts.Program, root: string): readonly Reading[] {
  const checker = program.getTypeChecker()
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${root}/src/`))
  const handedTo = argumentsByParameter(files, checker)
  const readings: Reading[] = []
  for (const file of files) {
    if (drawing.test(relative(root, file.fileName))) continue
    visit(file, (node) => {
      const { cut = [], compared = [] } = readBy(node, checker)
      const fields = [
        ...cut.flatMap((text) => fieldsOf(text, handedTo, checker)),
        ...compared.flatMap((text) => fieldsOf(text, handedTo, checker)).filter(isSentence),
      ]
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      for (const field of new Set(fields.map(nameOf))) {
        readings.push({ file: relative(root, file.fileName), line: line + 1, field })
      }
    })
  }
  return readings
}

interface ReadBy {
  /** Texts that are cut apart. */
  readonly cut?: readonly ts.Node[]
  /** Texts that are compared with words, or by which something is looked up. */
  readonly compared?: readonly ts.Node[]
}

function readBy(node: ts.Node, checker: ts.TypeChecker): ReadBy {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return readByMethod(node.expression, node.arguments.slice(0, 1), checker)
  }
  if (ts.isBinaryExpression(node) && equalities.has(node.operatorToken.kind)) {
    return readByEquality([node.left, node.right])
  }
  if (ts.isSwitchStatement(node)) return { compared: [node.expression] }
  return ts.isElementAccessExpression(node) ? { compared: [node.argumentExpression] } : {}
}

/** Compared with a word, or with a text that is put together. */
function readByEquality(sides: readonly ts.Node[]): ReadBy {
  if (sides.some(ts.isTemplateExpression)) return { cut: sides }
  return sides.some(isWord) ? { compared: sides } : {}
}

function readByMethod(
  { name: { text: method }, expression }: ts.PropertyAccessExpression,
  handed: readonly ts.Node[],
  checker: ts.TypeChecker,
): ReadBy {
  if (cutsHanded.has(method)) return { cut: handed }
  const isText = isLookUp.has(method) && mayBeText(checker.getTypeAtLocation(expression))
  return isLookUp.has(method) && !isText
    ? { compared: handed }
    : { cut: cuts.has(method) ? [expression, ...handed] : [] }
}

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
])

function isWord(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && node.text !== ''
}

interface Field {
  readonly owner: string
  readonly name: string
}

function isSentence({ owner, name }: Field): boolean {
  return sentences.has(name) || (sentencesOf[owner]?.includes(name) ?? false)
}

function nameOf({ owner, name }: Field): string {
  return owner === '' ? name : `${owner}.${name}`
}

/** By the declaration of a parameter: what it is handed anywhere. */
type HandedTo = ReadonlyMap<ts.Declaration, readonly ts.Expression[]>

/** The fields that a text can come from: by itself, through a variable, through a parameter. */
function fieldsOf(
  text: ts.Node,
  handedTo: HandedTo,
  checker: ts.TypeChecker,
  seen: ReadonlySet<ts.Symbol> = new Set(),
): readonly Field[] {
  const again = (node: ts.Node) => fieldsOf(node, handedTo, checker, seen)
  if (ts.isParenthesizedExpression(text)) return again(text.expression)
  if (ts.isBinaryExpression(text)) return [...again(text.left), ...again(text.right)]
  if (ts.isConditionalExpression(text)) return [...again(text.whenTrue), ...again(text.whenFalse)]
  if (ts.isPropertyAccessExpression(text)) {
    const { name } = text
    return mayHoldWords.has(name.text)
      ? fieldBehind(checker.getSymbolAtLocation(name), text, checker)
      : []
  }
  if (!ts.isIdentifier(text)) return []
  const symbol = checker.getSymbolAtLocation(text)
  return symbol === undefined || seen.has(symbol)
    ? []
    : behind(symbol, handedTo, checker, new Set([...seen, symbol]))
}

/** The fields that a variable or a parameter can come from. */
function behind(
  symbol: ts.Symbol,
  handedTo: HandedTo,
  checker: ts.TypeChecker,
  seen: ReadonlySet<ts.Symbol>,
): readonly Field[] {
  const declared = symbol.valueDeclaration
  const again = (node: ts.Node) => fieldsOf(node, handedTo, checker, seen)
  if (declared === undefined) return []
  if (ts.isBindingElement(declared)) {
    const name = (declared.propertyName ?? declared.name).getText()
    if (!mayHoldWords.has(name)) return []
    const field = checker.getTypeAtLocation(declared.parent).getProperty(name)
    return fieldBehind(field, declared, checker)
  }
  if (ts.isVariableDeclaration(declared)) {
    return declared.initializer === undefined ? [] : again(declared.initializer)
  }
  return (handedTo.get(declared) ?? []).flatMap(again)
}

/** Names are looked at first: what type a thing has takes a while to find out. */
const mayHoldWords: ReadonlySet<string> = new Set([
  ...[...sentences, 'id'],
  ...Object.values(sentencesOf).flat(),
])

function fieldBehind(
  symbol: ts.Symbol | undefined,
  at: ts.Node,
  checker: ts.TypeChecker,
): readonly Field[] {
  const fields = (symbol?.declarations ?? [])
    .filter((declared) => !declared.getSourceFile().fileName.includes('/node_modules/'))
    .map((declared) => ({ owner: ownerOf(declared), name: symbol?.name ?? '' }))
    .filter((field) => isSentence(field) || (field.name === 'id' && identified.has(field.owner)))
  if (symbol === undefined || fields.length === 0) return []
  return mayBeText(checker.getTypeOfSymbolAtLocation(symbol, at)) ? fields : []
}

/** The type that declares a field; empty where it has no name. */
function ownerOf({ parent }: ts.Declaration): string {
  if (ts.isInterfaceDeclaration(parent)) return parent.name.text
  return ts.isTypeAliasDeclaration(parent.parent) ? parent.parent.name.text : ''
}

function mayBeText(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type]
  return parts.some(({ flags }) => flags === ts.TypeFlags.String)
}

/** What functions that are called by name are handed, parameter by parameter. */
function argumentsByParameter(files: readonly ts.SourceFile[], checker: ts.TypeChecker): HandedTo {
  const handed = new Map<ts.Declaration, ts.Expression[]>()
  for (const file of files) {
    visit(file, (node) => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
      const parameters = functionNamed(node.expression, checker)?.parameters ?? []
      parameters.forEach((parameter, index) => {
        const argument = node.arguments[index]
        if (argument !== undefined) {
          handed.set(parameter, [...(handed.get(parameter) ?? []), argument])
        }
      })
    })
  }
  return handed
}

function functionNamed(
  name: ts.Identifier,
  checker: ts.TypeChecker,
): ts.SignatureDeclaration | undefined {
  const symbol = checker.getSymbolAtLocation(name)
  const isImported = symbol !== undefined && symbol.flags === ts.SymbolFlags.Alias
  const declared = (isImported ? checker.getAliasedSymbol(symbol) : symbol)?.valueDeclaration
  if (declared === undefined) return undefined
  if (ts.isFunctionDeclaration(declared)) return declared
  const value = ts.isVariableDeclaration(declared) ? declared.initializer : undefined
  return value !== undefined && ts.isArrowFunction(value) ? value : undefined
}

function visit(node: ts.Node, meet: (node: ts.Node) => void): void {
  meet(node)
  ts.forEachChild(node, (child) => visit(child, meet))
}
