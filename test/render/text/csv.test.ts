import { expect, it } from 'vitest'
import { renderCsv } from '../../../src/render/text/csv.ts'

function lines(
  columns: readonly string[],
  ...rows: readonly (string | number | boolean | undefined)[][]
) {
  return [...renderCsv(columns, rows)]
}

it('ends each line with CRLF and begins with the header', () => {
  expect(lines(['a', 'b'], [1, true])).toEqual(['a,b\r\n', '1,true\r\n'])
})

it('leaves a cell empty where nothing is known, and writes zero as zero', () => {
  expect(lines(['a', 'b', 'c'], [undefined, 0, ''])).toEqual(['a,b,c\r\n', ',0,\r\n'])
})

it('quotes commas, quotes, semicolons and blanks at the edge', () => {
  expect(lines(['a'], ['x,y'], ['say "hi"'], ['x;y'], [' x'], ['x y'])).toEqual([
    'a\r\n',
    '"x,y"\r\n',
    '"say ""hi"""\r\n',
    '"x;y"\r\n',
    '" x"\r\n',
    'x y\r\n',
  ])
})

it.each(['=cmd()', '+1', '-1', '@sum', '\uff1d1'])('shows %s as text to a spreadsheet', (text) => {
  expect(lines(['a'], [text])[1]).toBe(`'${text}\r\n`)
})

it('takes no number for a formula', () => {
  expect(lines(['a', 'b'], [-5, -0.5])[1]).toBe('-5,-0.5\r\n')
})

it('shows control characters and marks of direction as escapes', () => {
  expect(lines(['a'], ['\tx'], ['a\nb\u001b[31m\u202e'])).toEqual([
    'a\r\n',
    "'\\x09x\r\n",
    'a\\x0ab\\x1b[31m\\u202e\r\n',
  ])
})
