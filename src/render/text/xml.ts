import { printable } from '../../units/printable.ts'

/** Attributes, in the order in which they are written; those that are absent are not. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/**
 * An element of XML 1.0, as lines. Characters that XML forbids, even as references (Char in section
 * 2.2), and others that a terminal would obey are shown as escapes.
 */
export function element(
  name: string,
  attributes: Attributes,
  content: readonly string[] = [],
): readonly string[] {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`],
  )
  const start = `<${name}${written.join('')}`
  if (content.length === 0) return [`${start}/>`]
  return [`${start}>`, ...content.map((line) => `  ${line}`), `</${name}>`]
}

/** An element that holds text, on one line. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  const [start = ''] = element(name, attributes)
  return `${start.slice(0, -2)}>${xmlText(text)}</${name}>`
}

function xmlText(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
