import type { Markup, Tagged } from './markup.ts'
import { shown } from './markup.ts'

/** Elements that have no content, and no end. */
const empty: ReadonlySet<string> = new Set(['br', 'input', 'link', 'meta'])

/** A part of the page as HTML. */
export function htmlText(markup: Markup): string {
  if (typeof markup === 'string') return escaped(shown(markup))
  const { tag, children } = markup
  const start = `<${tag}${attributesOf(markup)}>`
  return empty.has(tag) ? start : `${start}${children.map(htmlText).join('')}</${tag}>`
}

function attributesOf({ attributes }: Tagged): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) =>
      value === true ? ` ${name}` : ` ${name}="${escaped(shown(`${value}`))}"`,
    )
    .join('')
}

/** Text as it is written in HTML and SVG, in an element or between quotation marks. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/**
 * Data for a script of the page. No text in it can end the script or begin a comment, and what nobody
 * sees, such as a change of direction, is escaped.
 */
export function jsonInHtml(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
    Array.from({ length: sign.length }, (_, index) => unitText(sign.charCodeAt(index))).join(''),
  )
}

function unitText(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
