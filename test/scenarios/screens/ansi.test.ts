import { describe, expect, it } from 'vitest'
import { readAnsi } from './ansi.ts'

const [bold, notBold] = ['\x1b[1m', '\x1b[22m']
const [red, green, ordinary] = ['\x1b[31m', '\x1b[32m', '\x1b[39m']

describe('a line of a terminal', () => {
  it('is one run where nothing changes', () => {
    expect(readAnsi('Linux 6.18')).toEqual([
      [{ column: 0, columns: 10, text: 'Linux 6.18', bold: false }],
    ])
  })

  it('begins a run at each column of a table', () => {
    expect(readAnsi('  safe   1.0 GiB')).toEqual([
      [
        { column: 2, columns: 4, text: 'safe', bold: false },
        { column: 9, columns: 7, text: '1.0 GiB', bold: false },
      ],
    ])
  })

  it('begins a run at each style', () => {
    expect(readAnsi(`a ${bold}${red}oom${ordinary}${notBold} b ${green}ok${ordinary}`)).toEqual([
      [
        { column: 0, columns: 1, text: 'a', bold: false },
        { column: 2, columns: 3, text: 'oom', bold: true, color: 'red' },
        { column: 6, columns: 1, text: 'b', bold: false },
        { column: 8, columns: 2, text: 'ok', bold: false, color: 'green' },
      ],
    ])
  })

  it('has one run for the signs of a chart, of one kind', () => {
    expect(readAnsi('⠤⡠⠊⠀⢀ ┤├─').map((runs) => runs.map(({ text }) => text))).toEqual([
      ['⠤⡠⠊⠀⢀', '┤├─'],
    ])
  })

  it('has a run of its own for signs that a font may lack', () => {
    expect(readAnsi('×2 … 表領域 ──')).toEqual([
      [
        { column: 0, columns: 2, text: '×2', bold: false },
        { column: 3, columns: 1, text: '…', bold: false },
        { column: 5, columns: 2, text: '表', bold: false },
        { column: 7, columns: 2, text: '領', bold: false },
        { column: 9, columns: 2, text: '域', bold: false },
        { column: 12, columns: 2, text: '──', bold: false },
      ],
    ])
  })
})

it('a style goes on in the next line until it ends', () => {
  expect(readAnsi(`${bold}a\nb\x1b[0m\nc`).map(([run]) => run?.bold)).toEqual([true, true, false])
})

it('an empty line has no run', () => {
  expect(readAnsi('a\n\nb').map((runs) => runs.length)).toEqual([1, 0, 1])
})

it.each(['\x1b[4munderlined', '\x1b[48;5;1mground', '\x1b[2Jcleared', 'end\x1b'])(
  'what a picture could not show is refused: %j',
  (output) => {
    expect(() => readAnsi(output)).toThrow(RangeError)
  },
)
