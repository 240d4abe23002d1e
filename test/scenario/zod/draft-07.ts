/** A schema in draft-07, with the keywords that our schemas use. */
type Schema = boolean | { readonly [keyword: string]: unknown }
type Schemas = { readonly [name: string]: Schema }

/** The places of a value that a schema in draft-07 refuses; a keyword unknown here is thrown. */
export function refusedPlaces(
  schema: Schema,
  value: unknown,
  place = '',
  root: Schema = schema,
): readonly string[] {
  if (typeof schema === 'boolean') return schema ? [] : [place]
  return Object.entries(schema).flatMap(([keyword, operand]) => {
    const rule = rules[keyword]
    if (rule === undefined) throw new RangeError(`the check does not know ${keyword}`)
    return rule(operand as never, value, place, { schema, root })
  })
}

interface Around {
  readonly schema: { readonly properties?: object; readonly if?: Schema }
  readonly root: Schema
}
type Rule = (operand: never, value: unknown, place: string, around: Around) => readonly string[]

function test(holds: (operand: never, value: unknown) => boolean): Rule {
  return (operand, value, place) => (holds(operand, value) ? [] : [place])
}

const pass = test(() => true)

const rules: Readonly<Record<string, Rule>> = {
  $schema: pass,
  $id: pass,
  title: pass,
  description: pass,
  default: pass,
  examples: pass,
  type: test((types: string | readonly string[], value) =>
    [types].flat().some((type) => isOf(type, value)),
  ),
  const: test((constant: unknown, value) => value === constant),
  enum: test((members: readonly unknown[], value) => members.includes(value)),
  pattern: test((p: string, value) => typeof value !== 'string' || new RegExp(p, 'u').test(value)),
  minLength: test((least: number, value) => typeof value !== 'string' || value.length >= least),
  minimum: test((least: number, value) => typeof value !== 'number' || value >= least),
  maximum: test((most: number, value) => typeof value !== 'number' || value <= most),
  required: test(
    (keys: readonly string[], value) => !isMap(value) || keys.every((key) => key in value),
  ),
  dependencies: test(
    (needs: Readonly<Record<string, readonly string[]>>, value) =>
      !isMap(value) ||
      Object.entries(needs).every(
        ([key, needed]) => !(key in value) || needed.every((other) => other in value),
      ),
  ),
  properties: (properties: Schemas, value, place, { root }) =>
    entriesOf(value).flatMap(([key, inner]) =>
      Object.hasOwn(properties, key)
        ? refusedPlaces(properties[key] ?? true, inner, `${place}/${key}`, root)
        : [],
    ),
  additionalProperties: (others: Schema, value, place, { schema: { properties = {} }, root }) =>
    entriesOf(value).flatMap(([key, inner]) =>
      Object.hasOwn(properties, key) ? [] : refusedPlaces(others, inner, `${place}/${key}`, root),
    ),
  propertyNames: (names: Schema, value, place, { root }) =>
    entriesOf(value).flatMap(([key]) => refusedPlaces(names, key, `${place}/${key}`, root)),
  items: (each: Schema, value, place, { root }) =>
    Array.isArray(value)
      ? value.flatMap((inner, index) => refusedPlaces(each, inner, `${place}/${index}`, root))
      : [],
  definitions: pass,
  $ref: (path: string, value, place, { root }) =>
    refusedPlaces(definition(path, root), value, place, root),
  allOf: (schemas: readonly Schema[], value, place, { root }) =>
    schemas.flatMap((schema) => refusedPlaces(schema, value, place, root)),
  anyOf: (schemas: readonly Schema[], value, place, { root }) =>
    refusedByAll(schemas, value, place, root),
  if: pass,
  else: (needs: Schema, value, place, { schema: { if: condition = true }, root }) =>
    refusedPlaces(condition, value, place, root).length === 0
      ? []
      : refusedPlaces(needs, value, place, root),
  oneOf: (schemas: readonly Schema[], value, place, { root }) => {
    const taking = schemas.filter((schema) => refusedPlaces(schema, value, '', root).length === 0)
    return taking.length === 1 ? [] : [place]
  },
}

/** The places in the one alternative that takes most of the value; the value itself where several do. */
function refusedByAll(
  schemas: readonly Schema[],
  value: unknown,
  place: string,
  root: Schema,
): readonly string[] {
  const [nearest = [place], next] = schemas
    .map((schema) => refusedPlaces(schema, value, place, root))
    .toSorted((a, b) => a.length - b.length)
  return next === undefined || nearest.length < next.length ? nearest : [place]
}

function definition(path: string, root: Schema): Schema {
  const name = /^#\/definitions\/(\w+)$/.exec(path)?.[1] ?? ''
  const { definitions = {} } = root as { readonly definitions?: Schemas }
  const found = definitions[name]
  if (found === undefined) throw new RangeError(`no definition ${path}`)
  return found
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'object') return isMap(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'null') return value === null
  return typeof value === type
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isMap(value) ? Object.entries(value) : []
}
