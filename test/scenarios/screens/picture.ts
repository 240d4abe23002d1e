import { escaped } from '../../../src/report/markup/html-text.ts'
import type { Run } from './ansi.ts'
import { colors, readAnsi } from './ansi.ts'
import type { Palette } from './palettes.ts'

/** What a terminal shows, and how wide and how coloured it is. */
export interface Terminal {
  /** Names the picture where it cannot be seen. */
  readonly title: string
  readonly description: string
  /** As printed, with the codes of its colours. */
  readonly output: string
  readonly columns: number
  readonly palette: Palette
}

/** Size of one character and of the rim, in units of the picture; pixels for one unit. */
const [cellWidth, cellHeight, fontSize, rim, scale] = [6, 13, 10, 12, 1.5]

/**
 * A terminal as SVG that needs nothing from outside. Text stays text. Each run has its place and its
 * length, so that columns stay below each other whatever font there is.
 */
export function pictureOf(terminal: Terminal): string {
  const { title, description, output, columns, palette } = terminal
  const lines = readAnsi(output.replace(/\n$/, ''))
  const width = columns * cellWidth + 2 * rim
  const height = lines.length * cellHeight + 2 * rim
  const size = `width="${width * scale}" height="${height * scale}"`
  const texts = lines.flatMap((runs, row) => runs.map((run) => textOf(run, row)))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${size} role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${styleOf(palette)}</style>`,
    `<rect width="${width}" height="${height}" rx="6" fill="${palette.ground}"/>`,
    ...texts,
    '</svg>\n',
  ].join('\n')
}

function styleOf(palette: Palette): string {
  const fonts = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace'
  return [
    `text{font:${fontSize}px ${fonts};fill:${palette.text}}`,
    '.bold{font-weight:700}',
    ...colors.map((color) => `.${color}{fill:${palette[color]}}`),
  ].join('')
}

function textOf({ column, columns, text, bold, color }: Run, row: number): string {
  const classes = [...(bold ? ['bold'] : []), ...(color === undefined ? [] : [color])].join(' ')
  const style = classes === '' ? '' : ` class="${classes}"`
  const place = `x="${rim + column * cellWidth}" y="${rim + row * cellHeight + fontSize}"`
  return `<text ${place} textLength="${columns * cellWidth}"${style}>${escaped(text)}</text>`
}
