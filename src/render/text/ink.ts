import type { ChalkInstance } from 'chalk'
import { Chalk } from 'chalk'
import { printable, printableAscii } from '../../units/printable.ts'

/** What the paper can take: decided by the caller, never detected here. */
export interface Ink {
  /** ANSI colours may be used. They never carry anything alone. */
  readonly color: boolean
  /** Characters outside ASCII may be used. */
  readonly unicode: boolean
  /** Columns of a line; below 60 counts as 60. */
  readonly width: number
  /** Names stand between ⟦ and ⟧, for a renderer that sets them apart itself. */
  readonly marksNames?: true
}

/** Without colour or end of line, for a renderer that sets names apart itself. */
export const inkOfNames: Ink = {
  color: false,
  unicode: true,
  width: Number.MAX_SAFE_INTEGER,
  marksNames: true,
}

/** Changes how a text looks, not what it says. */
export type Paint = (text: string) => string

/** The brushes, all of them readable on a dark and on a light ground. */
export interface Brushes {
  readonly heading: Paint
  readonly strong: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly caution: Paint
  readonly aside: Paint
}

const narrowest = 60
let coloured: Brushes | undefined
const asItIs: Paint = (text) => text
const bare: Brushes = {
  heading: asItIs,
  strong: asItIs,
  good: asItIs,
  bad: asItIs,
  caution: asItIs,
  aside: asItIs,
}

/** Columns that may be filled. */
export function widthOf(ink: Ink): number {
  return Math.max(narrowest, Math.floor(ink.width))
}

export function brushesOf(ink: Ink): Brushes {
  if (!ink.color) return bare
  // The package is loaded with the first colour.
  coloured ??= brushes(new Chalk({ level: 1 }))
  return coloured
}

/** A name or path from outside: control and hidden characters shown escaped. */
export function named(text: string, ink: Ink): string {
  if (ink.marksNames) return `⟦${printable(text).replace(/[⟦⟧]/gu, escapedMark)}⟧`
  return ink.unicode ? printable(text) : printableAscii(text)
}

function escapedMark(mark: string): string {
  return `\\u${mark.charCodeAt(0).toString(16)}`
}

/** Words of ours: where only ASCII is to be had, signs are spelled out. */
export function worded(text: string, ink: Ink): string {
  if (ink.unicode) return printable(text)
  return printableAscii(text.replace(/[^\x20-\x7e]/gu, (sign) => spelling.get(sign) ?? sign))
}

/** The line under a heading or a table head. */
export function rule(ink: Ink): string {
  return ink.unicode ? '─' : '-'
}

const spelling: ReadonlyMap<string, string> = new Map([
  ['×', 'x'],
  ['·', '*'],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['→', '->'],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['≈', '~'],
  ['√', 'sqrt'],
  ['∛', 'cbrt'],
  ['⌊', 'floor('],
  ['⌋', ')'],
  ['⌈', 'ceil('],
  ['⌉', ')'],
  ['Σ', 'sum '],
  ['∑', 'sum '],
  ['Π', 'product '],
  ['∏', 'product '],
  ['∪', 'union'],
  ['∩', 'intersect'],
  ['∞', 'infinity'],
  ['…', '...'],
  ['†', '+'],
  ['‡', '#'],
  ['§', 'section '],
  ['“', '"'],
  ['”', '"'],
  ['‘', "'"],
  ['’', "'"],
  ['\u00a0', ' '],
])

function brushes(chalk: ChalkInstance): Brushes {
  return {
    heading: (text) => chalk.bold(text),
    strong: (text) => chalk.bold(text),
    good: (text) => chalk.green(text),
    bad: (text) => chalk.bold.red(text),
    caution: (text) => chalk.magenta(text),
    aside: (text) => chalk.cyan(text),
  }
}
