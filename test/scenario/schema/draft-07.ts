/** A schema in draft-07, with the keywords that the schema of scenarios uses. */
type Schema = boolean | { readonly [keyword: string]: unknown }
type Schemas = { readonly [name: string]: Schema }

/** The places of a value that a schema in draft-07 refuses; a keyword unknown here is thrown. */
export function refusedPlaces(schema: Schema, value: unknown, place = ''): readonly string[] {
  if (typeof schema === 'boolean') return schema ? [] : [place]
  return Object.entries(schema).flatMap(([keyword, operand]) => {
    const rule = rules[keyword]
    if (rule === undefined) throw new RangeError(`the check does not know ${keyword}`)
    return rule(operand as never, value, place, schema)
  })
}

type Rule = (operand: never, value: unknown, place: string, schema: object) => readonly string[]

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
  properties: (properties: Schemas, value, place) =>
    entriesOf(value).flatMap(([key, inner]) =>
      key in properties ? refusedPlaces(properties[key] ?? true, inner, `${place}/${key}`) : [],
    ),
  additionalProperties: (
    others: Schema,
    value,
    place,
    { properties = {} }: { properties?: object },
  ) =>
    entriesOf(value).flatMap(([key, inner]) =>
      key in properties ? [] : refusedPlaces(others, inner, `${place}/${key}`),
    ),
  propertyNames: (names: Schema, value, place) =>
    entriesOf(value).flatMap(([key]) => refusedPlaces(names, key, `${place}/${key}`)),
  items: (each: Schema, value, place) =>
    Array.isArray(value)
      ? value.flatMap((inner, index) => refusedPlaces(each, inner, `${place}/${index}`))
      : [],
  anyOf: test((schemas: readonly Schema[], value) => taking(schemas, value) > 0),
  oneOf: test((schemas: readonly Schema[], value) => taking(schemas, value) === 1),
}

function taking(schemas: readonly Schema[], value: unknown): number {
  return schemas.filter((schema) => refusedPlaces(schema, value).length === 0).length
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
