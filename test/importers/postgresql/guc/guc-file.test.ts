import { describe, expect, it } from 'vitest'
import { parseGucFile } from '../../../../src/importers/postgresql/guc/guc-file.ts'

const read = (text: string) => parseGucFile({ file: 'postgresql.conf', text })
const pairs = (text: string) => read(text).lines.map(({ name, value }) => [name, value])
const wrong = (text: string) =>
  read(text).flaws.map(({ message, suggestion, spot }) => [spot.offset, message, suggestion])

describe('a file of PostgreSQL', () => {
  it('has one parameter to a line, with or without an equals sign, and comments', () => {
    expect(
      pairs(
        "# shared_buffers = 1GB\n\nshared_buffers = 128MB\t# 8kB each\r\nmax_connections 100\nport'5432'\n work_mem=4MB#x\nfsync on",
      ),
    ).toEqual([
      ['shared_buffers', '128MB'],
      ['max_connections', '100'],
      ['port', '5432'],
      ['work_mem', '4MB'],
      ['fsync', 'on'],
    ])
  })

  it('has words, numbers and quoted text for values', () => {
    expect(
      pairs(
        "a = iso-8859_1.x:y/z\nb.c = -1\nd = 0x1F\ne = 1.5e-3\nf = 'it''s\\' \\n\\101\\q'\ng = ''\nh = .5\n",
      ),
    ).toEqual([
      ['a', 'iso-8859_1.x:y/z'],
      ['b.c', '-1'],
      ['d', '0x1F'],
      ['e', '1.5e-3'],
      ['f', "it's' \nAq"],
      ['g', ''],
      ['h', '.5'],
    ])
  })

  it('shows every line that is none, and reads the others', () => {
    const text =
      "= 3\nshared_buffers = 1.5GB\nmax_connections =\na-b = 1\nc = *\nd = 'open\nfine = 1\n"
    expect(wrong(text)).toEqual([
      [0, 'the name of a parameter is missing here', undefined],
      [24, 'more than one value', "put it in quotes: '1.5GB'"],
      [44, '`max_connections` has no value', undefined],
      [45, 'the name of a parameter is missing here', undefined],
      [57, 'a value is missing here', undefined],
      [63, 'this quote is not closed', undefined],
    ])
    expect(pairs(text)).toEqual([['fine', '1']])
  })

  it('stops after a hundred mistakes', () => {
    expect(read('=\n'.repeat(100_000)).flaws).toHaveLength(100)
  })
})
