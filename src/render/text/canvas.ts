import type { Ink, Paint } from './ink.ts'

/** A picture in character cells; each cell has 2 × 4 dots, as braille has them. */
export interface Canvas {
  readonly columns: number
  readonly rows: number
}

/** A dot by its column and row; the first are at the left and at the top. */
export type Dot = readonly [x: number, y: number]

/** Dots that belong together. */
export interface Layer {
  readonly dots: readonly Dot[]
  /** What a cell with such a dot is where only ASCII may be used. */
  readonly letter: string
  readonly paint?: Paint
}

/** A character that takes a whole cell. */
export interface Mark {
  readonly cell: number
  readonly letter: string
  readonly paint?: Paint
}

export const dotsAcross = 2
export const dotsDown = 4

/**
 * The lines of a picture. Where layers meet, a cell has the dots of all, and letter and colour of the
 * first; a mark hides what is under it.
 */
export function drawCanvas(
  canvas: Canvas,
  layers: readonly Layer[],
  marks: readonly Mark[],
  ink: Ink,
): readonly string[] {
  const cells = new Map<number, Drawn>()
  for (const layer of layers) {
    for (const dot of layer.dots) {
      const cell = cellOf(dot, canvas)
      const drawn = cells.get(cell) ?? { first: layer, bits: new Set() }
      drawn.bits.add(bitOf(dot))
      cells.set(cell, drawn)
    }
  }
  const marked = new Map(marks.map((mark) => [mark.cell, mark]))
  return Array.from({ length: canvas.rows }, (_, row) => {
    const runs: Run[] = []
    for (let column = 0; column < canvas.columns; column += 1) {
      const cell = row * canvas.columns + column
      const { letter, paint } = marked.get(cell) ?? shown(cells.get(cell), ink)
      const run = runs.at(-1)
      if (run !== undefined && run.paint === paint) run.text += letter
      else runs.push({ text: letter, paint })
    }
    return runs.map(({ text, paint }) => paint?.(text) ?? text).join('')
  })
}

/** Cells of one colour. */
interface Run {
  text: string
  readonly paint: Paint | undefined
}

function shown(drawn: Drawn | undefined, ink: Ink): Pick<Layer, 'letter' | 'paint'> {
  if (drawn === undefined) return { letter: ' ' }
  return ink.unicode ? { ...drawn.first, letter: braille(drawn.bits) } : drawn.first
}

/** The number of the cell that a dot is in, counted line by line. */
export function cellOf([x, y]: Dot, { columns }: Canvas): number {
  return Math.floor(y / dotsDown) * columns + Math.floor(x / dotsAcross)
}

interface Drawn {
  readonly first: Layer
  readonly bits: Set<number>
}

/** Unicode, chapter 21: U+2800 and one bit for each raised dot. */
function braille(bits: ReadonlySet<number>): string {
  return String.fromCodePoint([...bits].reduce((sum, bit) => sum + bit, 0x28_00))
}

const bitRows = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

function bitOf([x, y]: Dot): number {
  return bitRows[y % dotsDown]?.[x % dotsAcross] ?? 0
}
