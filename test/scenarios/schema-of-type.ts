import ts from 'typescript'

/** A schema in draft-07. */
export type Schema = Readonly<Record<string, unknown>>

/** The schema of a value, and of every named type that it is made of. */
export interface TypeSchema {
  readonly schema: Schema
  readonly definitions: Readonly<Record<string, Schema>>
}

/**
 * The JSON Schema of an exported type: every key with its docstring, and no other key. A number is
 * whole, unless its key ends in `fraction` or its docstring has the tag `@unrounded`. Members of unions
 * are in alphabetical order, so that the text does not depend on what else was compiled.
 */
export function schemaOfType(program: ts.Program, path: string, name: string): TypeSchema {
  const checker = program.getTypeChecker()
  const definitions = new Map<string, { readonly type: ts.Type; schema: Schema }>()
  const exported = exportedSymbol(program, path, name)
  const schema = {
    ...descriptionOf(exported),
    ...expanded(checker.getDeclaredTypeOfSymbol(exported)),
  }
  const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    schema,
    definitions: Object.fromEntries(sorted.map(([id, each]) => [id, each.schema])),
  }

  function schemaOf(type: ts.Type, isWhole: boolean): Schema {
    const symbol = nameOf(type)
    return symbol === undefined ? expanded(type, isWhole) : referenceTo(symbol, type)
  }

  function referenceTo(symbol: ts.Symbol, type: ts.Type): Schema {
    const id = symbol.name
    const known = definitions.get(id)
    if (known !== undefined && known.type !== type)
      throw new RangeError(`two types are called ${id}`)
    if (known === undefined) {
      const definition = { type, schema: {} as Schema }
      definitions.set(id, definition)
      definition.schema = { ...descriptionOf(symbol), ...expanded(type) }
    }
    return { $ref: `#/definitions/${id}` }
  }

  function expanded(type: ts.Type, isWhole = true): Schema {
    const intrinsic = intrinsics[checker.typeToString(type)]
    if (intrinsic !== undefined) return { type: intrinsic(isWhole) }
    if (type.isUnion()) return unionOf(type.types, isWhole)
    if (type.isLiteral()) return { const: type.value }
    if (has(type.flags, ts.TypeFlags.BooleanLiteral)) return { const: isTrue(type) }
    return checker.isArrayType(type) ? listOf(type, isWhole) : objectOf(type)
  }

  function listOf(type: ts.Type, isWhole: boolean): Schema {
    const [item] = checker.getTypeArguments(type as ts.TypeReference)
    if (item === undefined) throw new RangeError('a list without a type')
    return { type: 'array', items: schemaOf(item, isWhole) }
  }

  function unionOf(all: readonly ts.Type[], isWhole: boolean): Schema {
    const types = all.filter((type) => !has(type.flags, ts.TypeFlags.Undefined))
    const words = types.flatMap((type) => (type.isStringLiteral() ? [type.value] : []))
    const truths = types.filter((type) => has(type.flags, ts.TypeFlags.BooleanLiteral))
    const others = types.filter((type) => !type.isStringLiteral() && !truths.includes(type))
    return anyOf([
      ...(words.length === 0 ? [] : [wordsOf(words)]),
      ...(truths.length === 2 ? [{ type: 'boolean' }] : truths.map((type) => expanded(type))),
      ...others.map((type) => schemaOf(type, isWhole)),
    ])
  }

  function isTrue(type: ts.Type): boolean {
    return checker.typeToString(type) === 'true'
  }

  function objectOf(type: ts.Type): Schema {
    if (!type.isIntersection() && !has(type.flags, ts.TypeFlags.Object)) {
      throw new RangeError(`no schema can be made of ${checker.typeToString(type)}`)
    }
    const keys = checker.getPropertiesOfType(type)
    const values = type.getStringIndexType()
    const required = keys.filter((key) => !has(key.flags, ts.SymbolFlags.Optional))
    return {
      type: 'object',
      properties: Object.fromEntries(keys.map((key) => [key.name, propertyOf(key)])),
      ...(required.length === 0 ? {} : { required: required.map(({ name }) => name) }),
      additionalProperties: values === undefined ? false : schemaOf(values, true),
    }
  }

  function propertyOf(key: ts.Symbol): Schema {
    const isUnrounded = key.getJsDocTags(checker).some((tag) => tag.name === 'unrounded')
    const isWhole = !isUnrounded && !/fraction$/i.test(key.name)
    const schema = schemaOf(typeOf(key), isWhole)
    const description = descriptionOf(key)
    if (description.description === undefined) return schema
    // Draft-07 ignores what is next to $ref.
    return '$ref' in schema ? { ...description, allOf: [schema] } : { ...description, ...schema }
  }

  /** As declared, so that a name is kept that `undefined` would take away; else as it is here. */
  function typeOf(key: ts.Symbol): ts.Type {
    const actual = checker.getTypeOfSymbol(key)
    const declaration = key.declarations?.find(ts.isPropertySignature)
    if (declaration?.type === undefined) return actual
    const declared = checker.getTypeFromTypeNode(declaration.type)
    return has(declared.flags, ts.TypeFlags.TypeParameter) ? actual : declared
  }

  function descriptionOf(symbol: ts.Symbol): { readonly description?: string } {
    const text = ts.displayPartsToString(symbol.getDocumentationComment(checker))
    return text === '' ? {} : { description: text.replaceAll(/\s+/g, ' ') }
  }
}

function exportedSymbol(program: ts.Program, path: string, name: string): ts.Symbol {
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(path)
  const exports = checker.getExportsOfModule(
    checker.getSymbolAtLocation(file as ts.SourceFile) as ts.Symbol,
  )
  const symbol = exports.find((each) => each.name === name)
  if (symbol === undefined) throw new RangeError(`${path} exports no ${name}`)
  return symbol
}

/** Types that have no parts. */
const intrinsics: Readonly<Record<string, (isWhole: boolean) => string>> = {
  string: () => 'string',
  boolean: () => 'boolean',
  null: () => 'null',
  number: (isWhole) => (isWhole ? 'integer' : 'number'),
}

/** Whether a flag, which is a power of two, is among some. */
function has(flags: number, flag: number): boolean {
  return Math.floor(flags / flag) % 2 === 1
}

function wordsOf(words: readonly string[]): Schema {
  const [only, another] = words
  return another === undefined ? { const: only } : { type: 'string', enum: words.toSorted() }
}

/** Each schema once; types of which no more is said in one list. */
function anyOf(schemas: readonly Schema[]): Schema {
  const texts = [...new Set(schemas.map((each) => JSON.stringify(each)))].toSorted()
  const each = texts.map((text): Schema => JSON.parse(text))
  const [only, another] = each
  if (only !== undefined && another === undefined) return only
  const isPlain = each.every((schema) => Object.keys(schema).join() === 'type')
  return isPlain ? { type: each.map(({ type }) => type) } : { anyOf: each }
}

/** The name of an interface or of another type that is not written where it is used. */
function nameOf(type: ts.Type): ts.Symbol | undefined {
  const { aliasSymbol, aliasTypeArguments } = type
  if (aliasSymbol !== undefined && aliasTypeArguments === undefined) return aliasSymbol
  const symbol = type.getSymbol()
  const isInterface = symbol !== undefined && has(symbol.flags, ts.SymbolFlags.Interface)
  return isInterface && type.isClassOrInterface() ? symbol : undefined
}
