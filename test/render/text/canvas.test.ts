import { expect, test } from 'vitest'
import type { Layer } from '../../../src/render/text/canvas.ts'
import { cellOf, drawCanvas } from '../../../src/render/text/canvas.ts'

const ink = { color: false, unicode: true, width: 80 }
const ascii = { ...ink, unicode: false }

/** Four dots that fall from the left to the right, over two cells. */
const falling: Layer = {
  dots: [
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
  ],
  letter: 'a',
}

test('a cell of braille has 2 x 4 dots', () => {
  // Dots 1 and 5 in the first cell; 3 and 8 in the second: U+2800 + 0x01 + 0x10, + 0x04 + 0x80.
  expect(drawCanvas({ columns: 2, rows: 1 }, [falling], [], ink)).toEqual(['⠑⢄'])
  const full = [0, 1].flatMap((x) => [0, 1, 2, 3].map((y) => [x, y] as const))
  const all = { dots: full, letter: 'a' }
  expect(drawCanvas({ columns: 1, rows: 1 }, [all], [], ink)).toEqual(['⣿'])
})

test('in ASCII a cell with a dot is the letter of the layer', () => {
  expect(drawCanvas({ columns: 3, rows: 2 }, [falling], [], ascii)).toEqual(['aa ', '   '])
})

test('where layers meet, the first has the letter and both have their dots', () => {
  const line: Layer = { dots: [...Array(4).keys()].map((x) => [x, 0] as const), letter: '-' }
  const canvas = { columns: 2, rows: 1 }
  expect(drawCanvas(canvas, [falling, line], [], ink)).toEqual(['⠙⢍'])
  expect(drawCanvas(canvas, [line, falling], [], ascii)).toEqual(['--'])
})

test('a mark hides what is under it', () => {
  const mark = { cell: cellOf([3, 3], { columns: 2, rows: 1 }), letter: 'A' }
  expect(mark.cell).toBe(1)
  expect(drawCanvas({ columns: 2, rows: 1 }, [falling], [mark], ink)).toEqual(['⠑A'])
})

test('neighbours of one colour are painted together', () => {
  const paint = (text: string) => `<${text}>`
  const lines = drawCanvas({ columns: 3, rows: 1 }, [{ ...falling, paint }], [], ascii)
  expect(lines).toEqual(['<aa> '])
})

test('cells are counted line by line', () => {
  const canvas = { columns: 10, rows: 3 }
  expect(cellOf([0, 0], canvas)).toBe(0)
  expect(cellOf([19, 3], canvas)).toBe(9)
  expect(cellOf([2, 4], canvas)).toBe(11)
})
