import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { cutLong, displayWidth } from './text/width.ts'
import { hanging, wrap } from './text/wrap.ts'

/** Something wrong in a scenario and where: what this view needs of it. */
export interface IssueView {
  readonly file: string
  /** Which document of the file, from 1, where the file holds several. */
  readonly document?: number
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units of `sourceLine`. */
  readonly column: number
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
  readonly sourceLine?: string
}

/** Units of text in a message, or next to a caret: what repeats the input may be as long as that. */
const longest = 600

/** Every issue with its place, the source line under which a caret points, and what would do. */
export function renderIssues(issues: readonly IssueView[], ink: Ink): string {
  return issues.map((issue) => `${block(issue, ink).join('\n')}\n`).join('\n')
}

function block(issue: IssueView, ink: Ink): readonly string[] {
  const { bad, strong } = brushesOf(ink)
  const width = widthOf(ink)
  const place = `${named(issue.file, ink)}:${issue.line}:${issue.column}:`
  const which = issue.document === undefined ? '' : `document ${issue.document}: `
  const [first = '', ...others] = wrap(`${place} ${which}${text(issue.message, ink)}`, width)
  const tagged = first.startsWith(place) ? strong(place) + first.slice(place.length) : first
  const hint = (tag: string, said: string | undefined) =>
    said === undefined ? [] : hanging(`  ${tag}: `, text(said, ink), width)
  return [
    tagged,
    ...others,
    ...(issue.sourceLine === undefined ? [] : source(issue.sourceLine, issue, ink).map(red(bad))),
    ...hint('expected', issue.expected),
    ...hint('suggestion', issue.suggestion),
  ]
}

function text(said: string, ink: Ink): string {
  return worded(cutLong(said, longest, '…'), ink)
}

/** Only the caret is painted. */
function red(bad: (text: string) => string): (line: string) => string {
  return (line) => (line.endsWith('| ^') || / \| +\^$/.test(line) ? line.replace(/\^$/, bad) : line)
}

/** The line with its number and, below, a caret; cut to what fits around the caret. */
function source(sourceLine: string, issue: IssueView, ink: Ink): readonly string[] {
  const gutter = `  ${issue.line} | `
  const room = widthOf(ink) - gutter.length
  const at = issue.column - 1
  const before = shown(sourceLine.slice(Math.max(0, at - longest), at), ink)
  const from = shown(sourceLine.slice(at, at + longest), ink)
  const left = lastColumns(before, Math.floor((room * 2) / 3), ink)
  const right = firstColumns(from, room - displayWidth(left), ink)
  const margin = `${' '.repeat(gutter.length - 2)}| `
  return [`${gutter}${left}${right}`.trimEnd(), `${margin}${' '.repeat(displayWidth(left))}^`]
}

/** A tab counts as one blank, so that the caret is under its character. */
function shown(text: string, ink: Ink): string {
  return named(text.replaceAll('\t', ' '), ink)
}

function lastColumns(text: string, columns: number, ink: Ink): string {
  if (displayWidth(text) <= columns) return text
  const dots = worded('…', ink)
  const kept = takeWhileFits([...text].reverse(), columns - dots.length)
  return dots + kept.reverse().join('')
}

function firstColumns(text: string, columns: number, ink: Ink): string {
  if (displayWidth(text) <= columns) return text
  const dots = worded('…', ink)
  return takeWhileFits([...text], columns - dots.length).join('') + dots
}

function takeWhileFits(characters: readonly string[], columns: number): string[] {
  const kept: string[] = []
  let used = 0
  for (const character of characters) {
    used += displayWidth(character)
    if (used > columns) break
    kept.push(character)
  }
  return kept
}
