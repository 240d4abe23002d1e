import { describe, expect, it } from 'vitest'
import { emptyHeader, opensMapping, readHeader } from '../../../src/capture/files/header-line.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function read(line: string) {
  const header = emptyHeader()
  return readHeader(bytesOf(line), 0, header) ? header : undefined
}

describe('the first line of a mapping', () => {
  it('gives addresses and the offset in frames of 4096 bytes', () => {
    const line = '7f0000200000-7f0000400000 rw-s 00003000 fe:00 42         /dev/shm/a b\n'
    const header = read(line)
    expect(header).toMatchObject({
      ...{ start: 0x7f0000200, end: 0x7f0000400, offset: 3 },
      ...{ readable: true, writable: true, shared: true, next: line.length },
    })
    expect(line.slice(header?.nameFrom, header?.nameTo)).toBe('/dev/shm/a b')
    expect(line.slice(header?.deviceFrom, header?.deviceTo)).toBe('fe:00')
    expect(line.slice(header?.inodeFrom, header?.inodeTo)).toBe('42')
  })

  it('may have no name', () => {
    const header = read('00001000-00002000 ---p 00000000 00:00 0 \n')
    expect(header).toMatchObject({ readable: false, writable: false, shared: false })
    expect(header?.nameTo).toBe(header?.nameFrom)
  })

  it.each([
    ['an end before its start', '00002000-00001000 ---p 00000000 00:00 0 \n'],
    ['an address inside a page', '00001001-00002000 ---p 00000000 00:00 0 \n'],
    ['17 digits', '00000000000001000-00002000 ---p 00000000 00:00 0 \n'],
    ['capital digits', '0000A000-0000B000 ---p 00000000 00:00 0 \n'],
    ['unknown permissions', '00001000-00002000 rwxq 00000000 00:00 0 \n'],
    ['no inode', '00001000-00002000 ---p 00000000 00:00 \n'],
    ['no end', '00001000-00002000 ---p 00000000 00:00 0 '],
  ])('is refused with %s', (_, line) => expect(read(line)).toBeUndefined())

  it('opens with a small hexadecimal digit; fields open with a capital letter', () => {
    expect([...'0f9'].every((digit) => opensMapping(digit.charCodeAt(0)))).toBe(true)
    expect(opensMapping('R'.charCodeAt(0))).toBe(false)
    expect(opensMapping(undefined)).toBe(false)
  })
})
