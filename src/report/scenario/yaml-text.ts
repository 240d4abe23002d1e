import { doubleQuoted } from '../../scenario/yaml/double-quoted.ts'
import type { PlainData } from '../../scenario/yaml/plain-data.ts'
import { decodeName } from '../../scenario/yaml/plain-data.ts'

/** A scenario as YAML, without the comments of its file. Reads back as the same data. */
export function yamlText(data: PlainData): string {
  return linesOf(data, 0)
    .map((line) => `${line}\n`)
    .join('')
}

function linesOf(data: PlainData, depth: number): readonly string[] {
  const indent = '  '.repeat(depth)
  if (isList(data)) {
    return data.flatMap((item) => {
      if (!isFilled(item)) return [`${indent}- ${single(item)}`]
      const [first = '', ...others] = linesOf(item, depth + 1)
      return [`${indent}- ${first.trimStart()}`, ...others]
    })
  }
  if (!isObject(data)) return [`${indent}${single(data)}`]
  return Object.entries(data).flatMap(([key, value]) => {
    if (value === undefined) return []
    const head = `${indent}${word(decodeName(key))}:`
    return isFilled(value) ? [head, ...linesOf(value, depth + 1)] : [`${head} ${single(value)}`]
  })
}

function isList(data: PlainData): data is PlainData[] {
  return Array.isArray(data)
}

function isObject(data: PlainData): data is Readonly<Record<string, PlainData>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

/** A list or mapping with something in it. */
function isFilled(data: PlainData): boolean {
  if (isList(data)) return data.length > 0
  return isObject(data) && Object.keys(data).length > 0
}

function single(value: PlainData): string {
  if (isList(value)) return '[]'
  if (isObject(value)) return '{}'
  return typeof value === 'string' ? word(value) : String(value ?? null)
}

/** Without quotes only where no reader of YAML takes it for anything but that text. */
function word(text: string): string {
  const isWord = plainWords.test(text) && !otherValues.test(text)
  return isWord || plainSize.test(text) ? text : doubleQuoted(text)
}

const plainWords = /^[A-Za-z][\w./-]*(?: [A-Za-z0-9][\w./-]*)*$/
const plainSize = /^\d+(?:\.\d+)? ?(?:%|[KMGTP]?i?B|pages)$/
/** What YAML 1.1 or 1.2 takes for a truth value, nothing or a number; `e` and `n` of numbers included. */
const otherValues = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|[\d.eE_-]+)$/i
