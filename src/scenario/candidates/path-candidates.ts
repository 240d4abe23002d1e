import type { Path } from '../../units/path.ts'
import { escapeUnprintable, printable } from '../../units/printable.ts'
import { parsePath } from '../yaml/parse-path.ts'
import type { YamlNode } from '../yaml/yaml-tree.ts'
import { nodeAt } from '../yaml/yaml-tree.ts'
import type { SchemaNode } from './schema-at.ts'
import { childForms, schemaAt } from './schema-at.ts'

/** A path that an unfinished one may become. It ends in `.` where more of it follows, or in `=`. */
export interface PathCandidate {
  readonly text: string
  /** What is there, in words, safe to print; empty where nothing is known. */
  readonly description: string
}

/**
 * How an unfinished path of `--set` may go on: with the keys of the scenario in file order, then
 * with those that the schema has and the scenario lacks. A list goes on with its first items.
 * @param typed `groups.clients.pro`: the last step may be in part or empty.
 * @param root the scenario; absent: only the schema is asked.
 */
export function pathCandidates(
  typed: string,
  schema: SchemaNode,
  root: YamlNode | undefined,
): readonly PathCandidate[] {
  const base = wholeSteps.exec(typed)?.[0] ?? ''
  const path = base === '' ? [] : parsePath(base)?.map(({ step }) => step)
  if (path === undefined) return []
  const place = { text: base, forms: schemaAt(schema, path), node: nodeIn(root, path) }
  return candidatesBelow(place, typed.startsWith('[', base.length))
}

/** A place in a scenario: the path to it as typed, what may be there, and what is. */
interface Place {
  readonly text: string
  readonly forms: readonly SchemaNode[]
  readonly node: YamlNode | undefined
}

function candidatesBelow(place: Place, inBrackets: boolean): readonly PathCandidate[] {
  return nextSteps(place).flatMap((step) => {
    const child = {
      text: place.text + stepText(step, place.text === '', inBrackets),
      forms: place.forms.flatMap((form) => childForms(form, step)),
      node: nodeIn(place.node, [step]),
    }
    const description = (isNew(step, place) ? 'one more: ' : '') + describe(child)
    return [...endingsOf(child)].flatMap((ending) =>
      ending === '[' ? candidatesBelow(child, true) : [{ text: child.text + ending, description }],
    )
  })
}

function nodeIn(node: YamlNode | undefined, path: Path): YamlNode | undefined {
  return node === undefined ? undefined : nodeAt(node, path)
}

/** Steps that something follows: the end of a path under way is not one of them. */
const wholeSteps = /^(?:(?:(?:^|\.)[^.[\]]+|\.?\[\d{1,6}\]|\.?\["(?:[^"\\]|\\.)*"\])(?=[.[]))*/

/** Nobody sets these: the only version that there is, and an address for editors. */
const constant: ReadonlySet<string> = new Set(['version', '$schema'])

function nextSteps({ text, forms, node }: Place): readonly (string | number)[] {
  const given = node?.kind === 'map' ? [...node.entries.keys()] : []
  const known = forms.flatMap(({ properties }) => Object.keys(properties ?? {}))
  const keys = [...new Set([...given, ...known])]
  if (text === '') return keys.filter((key) => !constant.has(key))
  const isList = node?.kind === 'list' || forms.some(({ items }) => items !== undefined)
  if (!isList) return keys
  // One more than there are: setting it appends an item.
  const length = node?.kind === 'list' ? node.items.length + 1 : 1
  return [...Array.from({ length: Math.min(length, mostItems) }, (_, index) => index), ...keys]
}

/** Of a longer list, users type the position. */
const mostItems = 10

/** A step as a path has it. What a plain step cannot hold is quoted; so is `=`, which ends a path. */
function stepText(step: string | number, isFirst: boolean, inBrackets: boolean): string {
  if (typeof step === 'number') return `[${step}]`
  const quoted = `[${quotedName(step)}]`
  if (inBrackets) return quoted
  const dot = isFirst ? '' : '.'
  const isPlain = /^[^.[\]=]+$/.test(step) && printable(step) === step
  return isPlain ? dot + step : dot + quoted
}

/** A name as JSON in printable characters, without `=`. */
export function quotedName(name: string): string {
  return escapeUnprintable(JSON.stringify(name), unicodeEscapes).replaceAll('=', '\\u003d')
}

function unicodeEscapes(character: string): string {
  return character.replace(
    /[\s\S]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** True for the position behind the last item of a list. */
function isNew(step: string | number, { node }: Place): boolean {
  return node?.kind === 'list' && step === node.items.length
}

/** What may follow a step: more steps, or the value. */
function endingsOf({ forms, node }: Place): ReadonlySet<string> {
  if (forms.length > 0) return new Set(forms.map(endingOfForm))
  return new Set(node === undefined ? [] : [endingOfKind[node.kind]])
}

function endingOfForm({ properties, additionalProperties, items }: SchemaNode): string {
  if (items !== undefined) return '['
  return properties !== undefined || typeof additionalProperties === 'object' ? '.' : '='
}

const endingOfKind: Readonly<Record<YamlNode['kind'], string>> = {
  map: '.',
  list: '[',
  scalar: '=',
}

/** `now 1500: Number of processes`. */
function describe({ forms: [form], node }: Place): string {
  const [sentence = ''] = (form?.description ?? '').split(/[.;](?:\s|$)/, 1)
  const now = node?.kind === 'scalar' && node.text !== '' ? `now ${shortened(node.text)}` : ''
  return [now, sentence].filter((part) => part !== '').join(': ')
}

function shortened(text: string): string {
  return printable(text.length > mostShown ? `${text.slice(0, mostShown)}…` : text)
}

const mostShown = 40

/** Whether two paths are the same, where `*` in the second is any name and `#` any position. */
export function isAt(path: Path, pattern: readonly string[]): boolean {
  return (
    path.length === pattern.length &&
    pattern.every((want, index) => {
      const step = path[index]
      return want === '#' ? typeof step === 'number' : want === '*' || want === step
    })
  )
}
