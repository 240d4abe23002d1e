import { latePattern } from '../units/late-pattern.ts'

/**
 * Any published value as JSON for people and programs: two spaces, one line feed at the end. Text
 * from outside is what it was to every parser, and nothing that a terminal would obey or hide: such
 * characters are written as escapes.
 */
export function renderJson(value: unknown): string {
  return visible(`${JSON.stringify(value, null, 2)}\n`)
}

/** The same values, each on a line of its own. */
export function renderJsonLines(values: readonly object[]): string {
  return visible(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
}

/**
 * The JSON of a list, part by part.
 * @param items each as {@link renderJson} gives it.
 * @param failures what has no place among the items; no key where there is none.
 */
export function* renderJsonList(
  { schema, key }: { readonly schema: string; readonly key: string },
  items: Iterable<string>,
  failures: readonly object[] = [],
): Generator<string, void> {
  let before = `{\n  "schema": "${schema}",\n  "${key}": [\n    `
  for (const item of items) {
    // Text inside JSON has no line feeds of its own.
    yield before + item.trimEnd().replaceAll('\n', '\n    ')
    before = ',\n    '
  }
  const more = failures.length === 0 ? '' : `,${renderJson({ failures }).slice(1, -3)}`
  yield `\n  ]${more}\n}\n`
}

/**
 * JSON with what a terminal would obey or hide as escapes. The class of all unsafe characters is slow:
 * only what is not plain ASCII is held against it.
 */
export function visible(text: string): string {
  return text.replace(notPlain, (run) => run.replace(unsafe(), escaped))
}

const notPlain = /[^\n\x20-\x7e]+/g
/** Controls, marks of direction, invisible and unassigned characters; never our own line feeds. */
const unsafe = latePattern(String.raw`[^\P{C}\n]|[\u2028\u2029]`, 'gu')

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
