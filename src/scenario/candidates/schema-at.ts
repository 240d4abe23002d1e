import type { Path } from '../../units/path.ts'

/** As much of a JSON Schema as completion reads. */
export interface SchemaNode {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly additionalProperties?: SchemaNode | boolean
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
}

/** What a value at a path may be: each form that it can take; none where no value can be there. */
export function schemaAt(root: SchemaNode, path: Path): readonly SchemaNode[] {
  let forms = formsOf(root)
  for (const step of path) forms = forms.flatMap((form) => childForms(form, step))
  return forms
}

/** The forms of what is one step below. */
export function childForms(form: SchemaNode, step: string | number): readonly SchemaNode[] {
  const { properties, additionalProperties, items } = form
  if (typeof step === 'number') return formsOf(items)
  if (properties !== undefined && Object.hasOwn(properties, step)) return formsOf(properties[step])
  return formsOf(typeof additionalProperties === 'object' ? additionalProperties : undefined)
}

/** The forms of a value that has several, as a size or a list of sizes, with the words on the whole. */
function formsOf(schema: SchemaNode | undefined): readonly SchemaNode[] {
  if (schema?.anyOf === undefined) return schema === undefined ? [] : [schema]
  const { anyOf, description } = schema
  return anyOf
    .flatMap(formsOf)
    .map((form) => ({ ...form, ...(description === undefined ? {} : { description }) }))
}
