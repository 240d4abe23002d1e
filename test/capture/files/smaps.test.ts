import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smapsReader } from '../../../src/capture/files/smaps.ts'
import { faultIn, placeIn, readSpace, smapsOf } from '../reading.ts'

const library = '7f0000000000-7f0000001000 r-xp 00000000 fe:00 12345      /usr/lib/libc.so.6'
const shared = '7f0000200000-7f0000400000 rw-s 00001000 00:01 42         /dev/zero (deleted)'
const hugetlb = '7f0040000000-7f0080000000 rw-s 00000000 00:0f 7          /anon_hugepage (deleted)'
const syscall = 'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]'
const three = [
  smapsOf(library),
  smapsOf(shared, { Rss: 512, Pss: 100, ShmemPmdMapped: 0 }, 'rd wr sh mr mw me ms sd lo'),
  smapsOf(hugetlb, { KernelPageSize: 2048, Rss: 0, Shared_Hugetlb: 2048 }, 'rd wr sh ht'),
  smapsOf(syscall, { Rss: 0 }, 'ex'),
].join('')

describe('smaps', () => {
  it('gives mappings in frames of 4096 bytes and counts in KiB', () => {
    const { outcome, mappings } = readSpace(three)
    expect(outcome).toMatchObject({ mappings: 4, anonymous: 0 })
    expect(mappings[1]).toEqual({
      start: 0x7f0000200,
      end: 0x7f0000400,
      readable: true,
      writable: true,
      shared: true,
      offset: 1,
      device: '00:01',
      inode: '42',
      name: '/dev/zero (deleted)',
      counts: {
        page: 4,
        rss: 512,
        pss: 100,
        swap: 0,
        pmdMapped: 0,
        hugetlb: 0,
        locked: true,
        isHugetlb: false,
        mixed: false,
        device: false,
      },
    })
    expect(mappings[2]?.counts).toMatchObject({ page: 2048, hugetlb: 2048, isHugetlb: true })
    expect(mappings[3]?.start).toBe(0xffffffffff600)
  })

  it.each([1, 2, 7, 64, 1000, 4096])('is the same in pieces of %i bytes', (piece) => {
    expect(readSpace(three, 'smaps', piece)).toEqual(readSpace(three))
  })

  it('keeps spaces, backslashes and binary names as they are', () => {
    const names = ['/a b  c (deleted)', '/tmp/new\\012line', '/x\\y', '[anon_shmem:a b]', '']
    const text = names.map((name, index) => {
      const start = (0x7f0000000000 + index * 0x10000).toString(16)
      const end = (0x7f0000000000 + index * 0x10000 + 0x1000).toString(16)
      return smapsOf(
        `${start}-${end} rw-s 00000000 00:01 ${index} ${name === '' ? '' : `   ${name}`}`,
      )
    })
    const { mappings } = readSpace(text.join(''))
    expect(mappings.map(({ name }) => name)).toEqual(names)
    const binary = new TextEncoder().encode(smapsOf(shared))
    binary[80] = 0xff
    expect(faultIn(readSpace(binary))).toBe('')
  })

  it('knows fields by their names where they stand elsewhere, are new, or have many digits', () => {
    const text = [
      smapsOf(library, { Rss: 4, New_Field: 7 }),
      smapsOf(shared, { Size: 123_456_789_012, Swap: 123_456_789_012, New_Field: 7 }),
      smapsOf(hugetlb, { Swap: 8 }),
    ]
    const { mappings } = readSpace(text.join(''))
    expect(mappings.map(({ counts }) => counts?.swap)).toEqual([0, 123_456_789_012, 8])
  })

  it('takes old kernels, which print fewer fields and no flags', () => {
    const old = `${library}\nSize: 4 kB\nRss: 4 kB\nKernelPageSize: 4 kB\n`
    const { outcome, mappings } = readSpace(old + old.replaceAll('7f000000', '7f000001'))
    expect(outcome).toMatchObject({ mappings: 2 })
    expect(mappings[1]?.counts).toMatchObject({ rss: 4, isHugetlb: false })
  })

  it('counts what it was told of private memory', () => {
    const heap = '5500000000-5500100000 rw-p 00000000 00:00 0  [heap]'
    const stack = '7ffff0000000-7ffff0021000 rw-p 00000000 00:00 0  [stack]'
    const text =
      smapsOf(heap, { Rss: 900, Anonymous: 900, Pss: 900, Swap: 24 }) +
      smapsOf(stack, { Rss: 16, Anonymous: 16, Pss: 16 })
    expect(readSpace(text).outcome).toMatchObject({
      anonymous: 916,
      privateSwap: 24,
      stackEnd: 0x7ffff0021,
    })
  })

  it('counts what forked processes have in common, by Pss', async () => {
    const heap = '5500000000-5500100000 rw-p 00000000 00:00 0  [heap]'
    const data = '7f0000000000-7f0000004000 rw-p 00000000 fe:00 12345   /usr/lib/libc.so.6'
    const text =
      smapsOf(heap, { Rss: 900, Anonymous: 900, Pss: 90 }) +
      smapsOf(data, { Rss: 16, Anonymous: 8, Pss: 12 })
    expect(readSpace(text).outcome).toMatchObject({ copied: 810, frames: 0x104 })
  })

  it('takes nothing off where the kernel does not print Pss', () => {
    const heap = '5500000000-5500100000 rw-p 00000000 00:00 0  [heap]'
    const text = smapsOf(heap, { Rss: 900, Anonymous: 900 }).replace(/^Pss:.*\n/m, '')
    expect(readSpace(text).outcome).toMatchObject({ copied: 0 })
  })

  it('tells the same mappings at other addresses apart', () => {
    const print = (text: string) => {
      const { outcome } = readSpace(text)
      return 'print' in outcome ? outcome.print : undefined
    }
    expect(print(three)).toBe(print(three))
    expect(print(smapsOf(library))).not.toBe(print(smapsOf(library.replace(/7f00/g, '7f01'))))
  })
})

describe('smaps that no kernel wrote', () => {
  const cut = 'ends in the middle of a mapping'
  const strange = 'holds an invalid line'
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    'cut off in a line': [three.slice(0, -10), 'ends in the middle'],
    'cut off between lines': [`${three}${smapsOf(syscall).split('\n', 3).join('\n')}\n`, cut],
    'cut off before the flags': [three.slice(0, three.lastIndexOf('VmFlags')), cut],
    'a header alone': [`${library}\n`, cut],
    'without Rss': [smapsOf(library).replace(/^Rss:.*\n/m, ''), cut],
    'another unit': [
      smapsOf(library).replace(/^(Rss:.*) kB/m, '$1 MB'),
      'invalid Rss: not a number of kB',
    ],
    'no unit': [smapsOf(library).replace(/^(Rss:.*) kB/m, '$1'), 'invalid Rss: not a number of kB'],
    'a size of 2^64 - 1': [
      smapsOf(library).replace(/^Rss:.*$/m, 'Rss: 18446744073709551615 kB'),
      'invalid Rss: not a number of kB, or past 2^53',
    ],
    'a negative size': [smapsOf(library).replace(/^Rss:.*$/m, 'Rss: -4 kB'), 'not a number of kB'],
    'an Rss past its mapping': [smapsOf(shared, { Rss: 2052 }), 'Rss larger than'],
    'more Anonymous than Rss': [
      smapsOf(library, { Rss: 4, Anonymous: 8 }),
      'more Anonymous than Rss',
    ],
    'more huge pages than Rss': [
      smapsOf(shared, { Rss: 4, ShmemPmdMapped: 2048 }),
      'more huge pages than Rss',
    ],
    'more of hugetlb than is mapped': [
      smapsOf(hugetlb, { Rss: 0, KernelPageSize: 2048, Shared_Hugetlb: 2 ** 21 }),
      'more hugetlb pages than its mapping',
    ],
    'a field twice': [
      smapsOf(library).replace(/^Rss:.*\n/m, 'Rss: 4 kB\nRss: 4 kB\n'),
      'says Rss twice',
    ],
    'a range backwards': [smapsOf('7f0000001000-7f0000000000 r-xp 0000 fe:00 1'), strange],
    'an empty range': [smapsOf('7f0000001000-7f0000001000 r-xp 0000 fe:00 1'), strange],
    'an address with too many digits': [smapsOf(library.replace('7f0', '7f0000000')), strange],
    'an address that is no page': [
      smapsOf(library.replace('7f0000000000', '7effffffff01')),
      strange,
    ],
    'strange permissions': [smapsOf(library.replace('r-xp', 'r-xq')), strange],
    'no inode': [smapsOf('7f0000000000-7f0000001000 r-xp 00000000 fe:00 '), strange],
    'mappings out of order': [smapsOf(shared) + smapsOf(library), 'overlap or are out of order'],
    'a mapping twice': [smapsOf(library) + smapsOf(library), 'overlap or are out of order'],
    words: ['No such process\n', strange],
    zeros: ['\0'.repeat(200_000), 'too long'],
    'a line without end': [`${library}${'x'.repeat(200_000)}`, 'too long'],
  }

  it.each(Object.entries(cases))('%s', (_, [text, fault]) => {
    for (const piece of [Number.POSITIVE_INFINITY, 1000, 97]) {
      expect(faultIn(readSpace(text, 'smaps', piece))).toContain(fault)
    }
  })

  describe('names the line', () => {
    const extra = smapsOf(shared).replace('THPeligible', 'New: 1\nTHPeligible')
    const at = (start: number) =>
      smapsOf(`7f00${start}0000000-7f00${start}0001000 r-xp 00000000 fe:00 12345   /usr/lib/a.so`)
    const whole = smapsOf(library) + extra + [5, 6, 7].map(at).join('')
    const lines = whole.split('\n').slice(0, -1)

    it('that is strange, wherever it stands', () => {
      expect(lines).toHaveLength(5 * 25 + 1)
      for (const [index] of lines.entries()) {
        const text = `${lines.with(index, '?!').join('\n')}\n`
        const place = `line ${index + 1}, "?!"`
        for (const piece of [Number.POSITIVE_INFINITY, 1000, 97]) {
          expect(placeIn(readSpace(text, 'smaps', piece))).toBe(place)
        }
      }
    })

    it('that opens a mapping which cannot be', () => {
      for (const piece of [Number.POSITIVE_INFINITY, 97]) {
        const large = readSpace(smapsOf(library) + extra + smapsOf(hugetlb, { Rss: 2 ** 40 }))
        expect(placeIn(large)).toBe(`line 52, "${hugetlb.slice(0, 60)}…"`)
        const twice = readSpace(whole + at(7), 'smaps', piece)
        expect(faultIn(twice)).toContain('overlap')
        expect(placeIn(twice)).toMatch(/^line 127, "7f0070000000-/)
        const cutOff = readSpace(whole.slice(0, -30), 'smaps', piece)
        expect(placeIn(cutOff)).toMatch(/^line 102, "7f0070000000-/)
      }
    })

    it('with what it holds, shortened and without what a terminal would obey', () => {
      const hostile = `\u001b[2J"${'é'.repeat(100)}`
      const read = readSpace(`${smapsOf(library)}${hostile}\n`)
      expect(placeIn(read)).toBe(`line 26, "\\u001b[2J\\"${'é'.repeat(55)}…"`)
      expect(placeIn(readSpace('\0'.repeat(200_000)))).toBe(`line 1, "${'\\u0000'.repeat(60)}…"`)
    })

    it('of maps, which has one for each mapping', () => {
      const maps = `${library}\n${shared}\nrubbish\n`
      expect(placeIn(readSpace(maps, 'maps'))).toBe('line 3, "rubbish"')
    })
  })

  it('in a later mapping is found as in the first', () => {
    const before = smapsOf(library)
    const later = smapsOf(shared).replace(/^(Rss:.*) kB/m, '$1 pages')
    expect(faultIn(readSpace(before + later))).toContain('invalid Rss: not a number of kB')
  })
})

describe('maps', () => {
  const text = `${library}\n${shared}\n${hugetlb}\n${syscall}\n`

  it('has the mappings without counts', () => {
    const { outcome, mappings } = readSpace(text, 'maps')
    expect(outcome).toMatchObject({ mappings: 4 })
    expect(mappings[1]).not.toHaveProperty('counts')
    expect(mappings.map(({ name }) => name)).toEqual([
      '/usr/lib/libc.so.6',
      '/dev/zero (deleted)',
      '/anon_hugepage (deleted)',
      '[vsyscall]',
    ])
  })

  it('is the same in small pieces, and cut off is told', () => {
    expect(readSpace(text, 'maps', 5)).toEqual(readSpace(text, 'maps'))
    expect(faultIn(readSpace(text.slice(0, -4), 'maps'))).toContain('in the middle of a line')
    expect(faultIn(readSpace(smapsOf(library), 'maps'))).toContain('an invalid line')
  })

  it('takes thousands', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => {
      const start = (0x100000 + index * 2) * 4096
      return `${start.toString(16)}-${(start + 4096).toString(16)} rw-p 00000000 00:00 0\n`
    })
    expect(readSpace(many.join(''), 'maps', 4096).outcome).toMatchObject({ mappings: 20_000 })
  })
})

describe('one buffer for every piece, as files are read', () => {
  /** Overwrites the same Buffer with each piece, of the lengths given, in turn. */
  function readReused(text: string, lengths: readonly number[]) {
    const bytes = Buffer.from(text)
    const buffer = Buffer.alloc(Math.max(...lengths))
    const starts: number[] = []
    const reader = smapsReader(({ header }) => starts.push(header.start))
    let at = 0
    for (let index = 0; at < bytes.length; index += 1) {
      const length = lengths[index % lengths.length] ?? 1
      const filled = bytes.copy(buffer, 0, at, at + length)
      if (reader.take(buffer.subarray(0, filled))) break
      at += filled
    }
    reader.end()
    return { outcome: reader.outcome(), starts }
  }

  it('the text is the same wherever it is cut', () => {
    const whole = readReused(three, [three.length])
    expect(whole.starts).toHaveLength(4)
    for (let cut = 1; cut < three.length; cut += 1) {
      expect(readReused(three, [cut, three.length]), `cut at ${cut}`).toEqual(whole)
    }
  })

  it('pieces of any lengths', () => {
    const whole = readReused(three, [three.length])
    const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(lengths, (some) => {
        expect(readReused(three, some)).toEqual(whole)
      }),
    )
  })

  it('smaps of more than 4 MiB', () => {
    const many = Array.from({ length: 8000 }, (_, index) => {
      const start = 0x7f0000000000 + index * 32_768
      const range = `${start.toString(16)}-${(start + 8192).toString(16)}`
      return smapsOf(`${range} rw-s 00000000 00:01 42     /memfd:q (deleted)`)
    }).join('')
    expect(many.length).toBeGreaterThan(4 * 2 ** 20)
    for (const length of [4096, 2 ** 20]) {
      expect(readReused(many, [length]).outcome).toMatchObject({ mappings: 8000 })
    }
  })
})
