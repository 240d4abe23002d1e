import type * as z from 'zod/mini'
import { findLayout } from '../../geometry/catalogue.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import { writeSize } from '../../units/size.ts'
import { defaults } from '../schema/defaults.ts'
import type { FlawTeller } from '../schema/shape.ts'
import type { Complaint, Flaw } from '../yaml/issue.ts'
import type { PlainData, TextAt } from '../yaml/plain-data.ts'
import { decodeName, placeAt } from '../yaml/plain-data.ts'
import { nearest } from '../yaml/suggest.ts'

type SchemaIssue = z.core.$ZodIssue

/**
 * What zod found, in our words, each with the path to the key or value that is wrong.
 * @param data what was checked.
 */
export function explainSchemaIssues(
  issues: readonly SchemaIssue[],
  data: PlainData,
  schema: z.core.$ZodType,
  textAt: TextAt = (_, value) => String(value),
): readonly Complaint[] {
  const complaints = issues.flatMap((issue) => explain(issue, [], { data, schema, textAt }))
  const meant = new Set(complaints.flatMap(({ meant }) => (meant === undefined ? [] : [meant])))
  return complaints
    .filter(({ path }) => placeAt(data, path) !== undefined || !meant.has(pathText(path)))
    .map(({ meant: _, ...complaint }) => complaint)
}

/** A key that is misspelt is not missing as well: `meant` is the path it was meant to have. */
interface Explained extends Complaint {
  readonly meant?: string
}

interface Context {
  readonly data: PlainData
  readonly schema: z.core.$ZodType
  readonly textAt: TextAt
}

function explain(issue: SchemaIssue, parent: Path, context: Context): readonly Explained[] {
  const path = [...parent, ...issue.path.map(decodeStep)]
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys.map(decodeName), path, context)
    case 'invalid_union':
      return explainUnion(issue.errors, path, context)
    case 'invalid_key':
      return issue.issues.flatMap((one) =>
        one.code === 'custom' ? [keyComplaint(path, flawOf(one, lastOf(path), path))] : [],
      )
    default:
      return [explainValue(issue, path, context)]
  }
}

function explainValue(issue: SchemaIssue, path: Path, { data, textAt }: Context): Complaint {
  const place = placeAt(data, path)
  const written = place === undefined ? '' : writtenOf(place.value, path, textAt)
  const isRange = issue.code === 'custom' && isRangeLike(place?.value)
  const flaw = isRange ? notARange(lastOf(path)) : flawOf(issue, written, path)
  if (place !== undefined && place.value !== null) {
    const suggestion = flaw.suggestion ?? suggestPool(data, path, written)
    return { path, at: 'value', ...flaw, ...(suggestion === undefined ? {} : { suggestion }) }
  }
  const state = place === undefined ? 'is missing' : 'has no value'
  const { expected } = flaw
  const message =
    path.length === 0 ? 'no value, only comments or document marks' : `\`${lastOf(path)}\` ${state}`
  return { path, at: 'value', message, ...(expected === undefined ? {} : { expected }) }
}

/** For a mapping, or a list where one is allowed, the last option says what is wrong; else the first. */
function explainUnion(
  options: readonly (readonly SchemaIssue[])[],
  path: Path,
  context: Context,
): readonly Explained[] {
  const value = placeAt(context.data, path)?.value
  const last = options.at(-1) ?? []
  const isList = Array.isArray(value) && last.some((issue) => issue.path.length > 0)
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  const option = isMap || isList ? last : options[0]
  return (option ?? []).flatMap((issue) => explain(issue, path, context))
}

function unknownKeys(keys: readonly string[], path: Path, context: Context): readonly Explained[] {
  const known = keysOf(schemaAt(context.schema, path))
  return keys.map((key) => {
    const near = nearest(key, known)
    const suggestion = near === undefined ? suggestQuotes(key, path) : `did you mean \`${near}\`?`
    const complaint = keyComplaint([...path, key], {
      message: `unknown key \`${key}\``,
      expected: `one of ${known.map((one) => `\`${one}\``).join(', ')}`,
      ...(suggestion === undefined ? {} : { suggestion }),
    })
    return near === undefined ? complaint : { ...complaint, meant: pathText([...path, near]) }
  })
}

/** `{ pages: 0,5,7-9 }` is three keys to YAML. */
function suggestQuotes(key: string, path: Path): string | undefined {
  return lastOf(path) === 'touched' && /^\d+(-\d+)?$/.test(key)
    ? 'put the list of pages into quotes: { pages: "0,5,7-9" }'
    : undefined
}

function flawOf(issue: SchemaIssue, written: string, path: Path): Flaw {
  if (issue.code === 'custom') {
    const { tell } = issue.params as { readonly tell: FlawTeller }
    return tell(written, lastOf(path))
  }
  if (issue.code === 'invalid_value') return flawOfVersion(written)
  if (issue.code === 'invalid_type' && issue.expected === 'array') {
    const expected = 'a list: [ … ], or lines that begin with `- `'
    return { message: `${subjectOf(path)} is not a list`, expected }
  }
  return {
    message: `${subjectOf(path)} has no keys`,
    expected: `keys with values, such as ${exampleOf(path)}`,
  }
}

/** What a place that wants keys may look like at its shortest. */
function exampleOf(path: Path): string {
  const [root, name, key] = path
  if (root === undefined) return '`version: 1`'
  if (root === 'host' && name === undefined) return '`host: { memory: 512 GB }`'
  if (root === 'regions' && key === undefined) return `\`${name ?? 'sga'}: { size: 300 GB }\``
  if (root === 'groups' && key === undefined) return `\`${name ?? 'clients'}: { processes: 1500 }\``
  if (root === 'allow') return '`- { finding: MSP005, until: 2027-01-31, reason: … }`'
  return key === 'maps' ? '`- { region: sga }`' : '`{ key: value }`'
}

/** A range where one value is needed: of words, addresses, or sizes that are not amounts of memory. */
function isRangeLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const keys = Object.keys(value)
  return keys.length > 0 && keys.every((key) => /^(?:from|to|p50|p95)$/.test(key))
}

function notARange(key: string): Flaw {
  const expected = 'one value; ranges are for counts, amounts of memory and percentages'
  return { message: `\`${key}\` cannot be a range`, expected }
}

function flawOfVersion(written: string): Flaw {
  return {
    message: `version \`${written}\` is unknown`,
    expected: '`version: 1`',
    ...(written === '1' || written === '1.0' ? { suggestion: 'write `1`, without quotes' } : {}),
  }
}

function keyComplaint(path: Path, flaw: Flaw): Complaint {
  return { path, at: 'key', ...flaw }
}

function writtenOf(value: PlainData, path: Path, textAt: TextAt): string {
  if (Array.isArray(value)) return '[…]'
  if (typeof value === 'object' && value !== null) return '{…}'
  const text = textAt(path, value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const longest = 60

/** A bare number as the pool means pages of the default size, as in vm.nr_hugepages. */
function suggestPool(data: PlainData, path: Path, written: string): string | undefined {
  if (pathText(path) !== 'host.hugepages' || !/^\d+$/.test(written)) return undefined
  const id = placeAt(data, ['host', 'layout'])?.value
  const layout = findLayout(typeof id === 'string' ? id : defaults.layout)
  const page = layout?.hugePages.find(({ leaf }) => leaf === 'pmd') ?? layout?.hugePages[0]
  return page === undefined ? undefined : `write \`{ ${writeSize(page.bytes)}: ${written} }\``
}

/** `maps[3]`, or the scenario itself. */
function subjectOf(path: Path): string {
  const start = path.findLastIndex((step) => typeof step === 'string')
  return start === -1 ? 'the scenario' : `\`${pathText(path.slice(start))}\``
}

function lastOf(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string') ?? '')
}

function decodeStep(step: PropertyKey): string | number {
  return typeof step === 'number' ? step : decodeName(String(step))
}

function keysOf(schema: z.core.$ZodType | undefined): readonly string[] {
  const def = schema === undefined ? undefined : definitionOf(schema)
  return def?.type === 'object' ? Object.keys(def.shape) : []
}

/** The schema of the value at a path. */
function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = forMappings(schema)
  for (const step of path) {
    if (here === undefined) return undefined
    const def = definitionOf(here)
    let next: z.core.$ZodType | undefined
    if (def.type === 'object') next = def.shape[step]
    else if (def.type === 'record') next = def.valueType
    else if (def.type === 'array') next = def.element
    here = next === undefined ? undefined : forMappings(next)
  }
  return here
}

/** What is inside an optional; of a union, the option for mappings. */
function forMappings(schema: z.core.$ZodType): z.core.$ZodType {
  const def = definitionOf(schema)
  if (def.type === 'optional') return forMappings(def.innerType)
  const last = def.type === 'union' ? def.options.at(-1) : undefined
  return last === undefined ? schema : forMappings(last)
}

function definitionOf(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def
}
