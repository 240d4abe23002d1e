import { latePattern } from '../../units/late-pattern.ts'

/**
 * One thing a terminal puts in one place: a character and the marks that sit on it. Emoji joined
 * by zero-width joiners never reach this point: the joiner is shown escaped.
 */
export function clusters(text: string): readonly string[] {
  if (narrow.test(text)) return [...text]
  return text.match(marked()) ?? []
}

const marked = latePattern(String.raw`[^\p{M}]\p{M}*|\p{M}+`, 'gsu')
const mark = latePattern(String.raw`\p{M}`, 'u')
const emoji = latePattern(String.raw`\p{Emoji_Presentation}`, 'u')

/** Terminal columns that a text takes, at most: where terminals differ, the wider is assumed. */
export function displayWidth(text: string): number {
  if (narrow.test(text)) return text.length
  return clusters(text).reduce((sum, cluster) => sum + clusterWidth(cluster), 0)
}

/** What a text lacks to a width. */
export function blanks(width: number, text: string): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** The end of a text in at most that many columns, the mark in place of what is cut. */
export function cutLeft(text: string, width: number, mark: string): string {
  if (displayWidth(text) <= width) return text
  let [end, used] = ['', displayWidth(mark)]
  for (const cluster of [...clusters(text)].reverse()) {
    used += clusterWidth(cluster)
    if (used > width) break
    end = cluster + end
  }
  return mark + end
}

/** Both ends of a text in at most that many columns, the mark in place of what is cut between them. */
export function cutMiddle(text: string, width: number, mark: string): string {
  if (displayWidth(text) <= width) return text
  const room = Math.max(0, width - displayWidth(mark))
  const start = cutRight(text, Math.ceil(room / 2))
  return start + cutLeft(text, width - displayWidth(start), mark)
}

function cutRight(text: string, width: number): string {
  let [start, used] = ['', 0]
  for (const cluster of clusters(text)) {
    used += clusterWidth(cluster)
    if (used > width) break
    start += cluster
  }
  return start
}

/** Latin letters and the signs we use ourselves: one column each. Spares the rules below. */
const narrow = /^[\x20-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2500-\u257f]*$/

/**
 * Columns of one cluster: two for East Asian wide and emoji characters, or where a variation
 * selector asks for emoji; marks on a character take none.
 */
export function clusterWidth(cluster: string): number {
  const [first = ''] = cluster
  if (mark().test(first)) return 1
  if (cluster.includes('\ufe0f')) return 2
  return isWide(first) ? 2 : 1
}

function isWide(character: string): boolean {
  if (emoji().test(character)) return true
  const code = character.codePointAt(0) ?? 0
  return wideRanges.some(([from, to]) => code >= from && code <= to)
}

/** East_Asian_Width W and F, whole blocks: Unicode 15.1, EastAsianWidth.txt. */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4dc0, 0x4dff],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1d300, 0x1d37f],
  [0x1f000, 0x1faff],
  [0x20000, 0x3fffd],
]

/** Cuts a text after `most` characters, however wide: for what repeats an input of any length. */
export function cutLong(text: string, most: number, mark: string): string {
  if (text.length <= most) return text
  // Never half of a character.
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}${mark}`
}
