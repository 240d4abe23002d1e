import { printable } from '../../units/printable.ts'

/** A part of the page as data: it is written as HTML, or put into the document of a browser. */
export type Markup = string | Tagged

/** An element of HTML, or of SVG inside `svg`. Its texts show whatever a reader would not see. */
export interface Tagged {
  readonly tag: string
  readonly attributes: Attributes
  readonly children: readonly Markup[]
}

/** `true`: the attribute is there without a value; `false` or absent: it is not there. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element. Only text and attributes are ever made of names from outside, never tags. */
export function el(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (Markup | readonly Markup[])[]
): Tagged {
  return { tag, attributes, children: children.flat() }
}

/** Text as a reader sees it; lines stay lines. */
export function shown(text: string): string {
  return text.split('\n').map(printable).join('\n')
}

/** All text of a part of the page, as a screen reader would come across it. */
export function textOf(markup: Markup): string {
  return typeof markup === 'string' ? markup : markup.children.map(textOf).join(' ')
}
