import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Path } from '../../units/path.ts'
import { doubleQuoted } from './double-quoted.ts'
import { flowText, textValue } from './flow-text.ts'
import { composing, readYaml } from './read-yaml.ts'
import { isSameData } from './same-data.ts'
import type { Collection, Reach, Written } from './text-place.ts'
import {
  endOf,
  endOfLast,
  isBlock,
  isCollection,
  isWritten,
  reachOf,
  startOf,
} from './text-place.ts'
import type { YamlNode } from './yaml-tree.ts'
import { nodeAt } from './yaml-tree.ts'

/** The changed text or, if no text that differs only there says the same, an anchor that may be why. */
export type Edit =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly anchor?: string }

/**
 * Changes one value in a text and leaves every other character as it is: comments, order, quotes,
 * anchors. The text is read again: it must say exactly what is wanted, and nothing else.
 * @param path to the value that differs.
 * @param wanted what the whole text shall say.
 */
export function editText(text: string, path: Path, wanted: YamlNode): Edit {
  const contents = contentsOf(text)
  if (contents === undefined) return { ok: false }
  const reach = reachOf(contents, path)
  const edited = candidates(text, reach, path, wanted).find((candidate) => says(candidate, wanted))
  if (edited !== undefined) return { ok: true, text: edited }
  const anchored = reach.way.find((node) => 'anchor' in node && node.anchor !== undefined)
  const anchor = anchored !== undefined && 'anchor' in anchored ? anchored.anchor : undefined
  return { ok: false, ...(anchor === undefined ? {} : { anchor }) }
}

/** Removes a key with its value and the comment behind it. @param wanted as in {@link editText}. */
export function removeFromText(text: string, path: Path, wanted: YamlNode): Edit {
  const contents = contentsOf(text)
  if (contents === undefined) return { ok: false }
  const { node: parent } = reachOf(contents, path.slice(0, -1))
  const { node, key, depth } = reachOf(contents, path)
  if (depth < path.length || key === undefined || !isMap(parent)) return { ok: false }
  const end = endOf(node, text)
  const edited = isBlock(parent)
    ? cut(text, lineStart(text, startOf(key)), nextLine(text, end), '')
    : cutWithComma(text, startOf(key), end)
  return says(edited, wanted) ? { ok: true, text: edited } : { ok: false }
}

/** Without an entry of a mapping in brackets, and the comma behind it or, of the last, before it. */
function cutWithComma(text: string, start: number, end: number): string {
  const behind = /^\s*,\s*/.exec(text.slice(end))
  if (behind !== null) return cut(text, start, end + behind[0].length, '')
  const before = /,\s*$/.exec(text.slice(0, start))
  return cut(text, start - (before?.[0].length ?? 0), end, '')
}

function contentsOf(text: string): Written | undefined {
  const { contents } = parseDocument(text, composing())
  return isWritten(contents) ? contents : undefined
}

function says(text: string, wanted: YamlNode): boolean {
  const { root } = readYaml({ file: '', text })
  return root !== undefined && isSameData(root, wanted)
}

/** Texts that may be the changed one, the most faithful first. */
function candidates(
  text: string,
  { node, depth, key }: Reach,
  path: Path,
  wanted: YamlNode,
): readonly string[] {
  const form = isJson(text) ? 'json' : 'yaml'
  const value = nodeAt(wanted, path.slice(0, depth))
  const step = path[depth]
  if (value === undefined) return []
  if (step !== undefined && isCollection(node)) {
    const added = nodeAt(wanted, path.slice(0, depth + 1))
    if (added === undefined) return []
    const prefix = isMap(node) ? `${textValue(String(step), form)}: ` : ''
    return [inserted(text, node, prefix + flowText(added, form))]
  }
  const alike = inSameQuotes(node, value)
  return [...(alike === undefined ? [] : [alike]), flowText(value, form)].map((written) =>
    replaced(text, node, key, written),
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The new text in the quotes of the old one. */
function inSameQuotes(old: Written, value: YamlNode): string | undefined {
  if (!isScalar(old) || value.kind !== 'scalar') return undefined
  if (old.type === 'QUOTE_DOUBLE') return doubleQuoted(value.text)
  const isSingle = old.type === 'QUOTE_SINGLE' && /^[^'\r\n]*$/.test(value.text)
  return isSingle ? `'${value.text}'` : undefined
}

function replaced(text: string, old: Written, key: Reach['key'], value: string): string {
  const start = startOf(old)
  if (isScalar(old) && old.source === '' && old.type === 'PLAIN') {
    const line = lineStart(text, start)
    const behindColon = line + text.slice(line, start).trimEnd().length
    return cut(text, behindColon, behindColon, ` ${value}`)
  }
  if (!isBlock(old)) return cut(text, start, endOf(old, text), value)
  // A comment behind the last value is about that value, which goes.
  const end = lineEnd(text, endOf(old, text))
  const colon = key === undefined ? start : text.indexOf(':', endOf(key, text)) + 1
  const isNextToKey = key !== undefined && !/\S/.test(text.slice(colon, start))
  return isNextToKey ? cut(text, colon, end, ` ${value}`) : cut(text, start, end, value)
}

/** The text with one more entry at the end of a mapping or list. */
function inserted(text: string, into: Collection, entry: string): string {
  const first = isMap(into) ? into.items[0]?.key : into.items[0]
  if (first === undefined) {
    const written = isMap(into) ? `{ ${entry} }` : `[${entry}]`
    return cut(text, startOf(into), endOf(into, text), written)
  }
  const end = endOfLast(into, text)
  if (isBlock(into)) {
    const place = lineEnd(text, end)
    const line = newLine(text, startOf(into)) + (isSeq(into) ? '- ' : '')
    return cut(text, place, place, line + entry)
  }
  const isOnNewLine = text.slice(startOf(into), startOf(first)).includes('\n')
  return cut(
    text,
    end,
    end,
    isOnNewLine ? `,${newLine(text, startOf(first))}${entry}` : `, ${entry}`,
  )
}

/** The end of a line, and blanks as far as the place is from the start of its line. */
function newLine(text: string, like: number): string {
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(like - lineStart(text, like))}`
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the line ends that holds an offset, before its line end. */
function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  if (at === -1) return text.length
  return text[at - 1] === '\r' && at > offset ? at - 1 : at
}

function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at === -1 ? text.length : at + 1
}

function cut(text: string, start: number, end: number, insert: string): string {
  return text.slice(0, start) + insert + text.slice(end)
}
