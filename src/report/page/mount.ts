import type { Markup } from '../markup/markup.ts'
import { shown } from '../markup/markup.ts'

const svg = 'http://www.w3.org/2000/svg'

/** Draws markup in place of what an element holds; what a reader has unfolded stays so. */
export function fill(place: Element, markup: readonly Markup[]): void {
  const isOpen = [...place.querySelectorAll('details')].map(({ open }) => open)
  place.replaceChildren(...markup.map((one) => nodeOf(one, place.namespaceURI === svg)))
  for (const [index, details] of place.querySelectorAll('details').entries()) {
    details.open = isOpen[index] ?? false
  }
}

/** What is wider than its place can be reached and moved by keys; all else is no stop on the way. */
export function reachScrollers(): void {
  const wide = [...document.querySelectorAll<HTMLElement>('.scroll, pre, figure')].map(
    (place) => [place, place.scrollWidth > place.clientWidth] as const,
  )
  for (const [place, isWide] of wide) {
    if (isWide) place.tabIndex = 0
    else place.removeAttribute('tabindex')
  }
}

/** Names are text and attributes here, never markup. */
function nodeOf(markup: Markup, inSvg: boolean): Node {
  if (typeof markup === 'string') return document.createTextNode(shown(markup))
  const { tag, attributes, children } = markup
  const isSvg = inSvg || tag === 'svg'
  const element = isSvg ? document.createElementNS(svg, tag) : document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : shown(`${value}`))
  }
  element.append(...children.map((child) => nodeOf(child, isSvg)))
  return element
}
