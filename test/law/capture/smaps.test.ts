import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSpace } from '../../capture/reading.ts'
import type { LineReading } from './line-by-line.ts'
import { readLines } from './line-by-line.ts'

const wanted = ['KernelPageSize', 'Rss', 'Anonymous', 'Pss', 'Swap', 'Shared_Hugetlb'] as const
const others = ['Size', 'Referenced', 'KSM', 'New_Field'] as const
const names = ['', '/usr/lib/libc.so.6', '[stack]', '/a b  (deleted)', '/dev/shm/é\\012', '0']

const size = fc.oneof(fc.constant(0), fc.nat(3), fc.nat(10 ** 9)).map((pages) => 4 * pages)
const header = fc.record({
  gap: fc.nat(3),
  frames: fc.integer({ min: 1, max: 2 ** 31 }),
  access: fc.constantFrom('r-xp', '---p', 'rw-p', 'rw-s', 'r--s'),
  offset: fc.nat(2 ** 31),
  device: fc.constantFrom('00:01', 'fe:00', '103:2ff'),
  inode: fc.nat(),
  name: fc.constantFrom(...names),
})
/** The fields of one kernel, in its order; some lack what is not needed. */
const layout = fc.record({
  keys: fc.shuffledSubarray([...wanted, ...others], { minLength: 2 }),
  hasFlags: fc.boolean(),
  width: fc.integer({ min: 1, max: 9 }),
})
/** What is done to a line of the text, so that its length changes. */
const damage = fc.constantFrom<(line: string) => readonly string[]>(
  () => [],
  (line) => [line, line],
  (line) => [line, '?!'],
  (line) => [line, '00z'],
  (line) => [`${line}x`],
  (line) => [line.replace(' kB', ' MiB')],
  (line) => [line.replace(/(\d+) kB/, '99999999999999$1 kB')],
  (line) => [line.replace(/[0-9a-f]+$/, '')],
)

const texts = fc
  .record({
    layout,
    mappings: fc.array(fc.record({ header, values: fc.array(size, { minLength: 10 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
    damages: fc.array(fc.record({ at: fc.nat(), damage }), { maxLength: 1 }),
  })
  .map(({ layout: { keys, hasFlags, width }, mappings, damages }) => {
    let frame = 16
    const needed = [...new Set([...keys, 'KernelPageSize', 'Rss'])]
    const lines = mappings.flatMap(({ header: one, values }) => {
      const start = frame + one.gap
      frame = start + one.frames
      const hex = (number: number) => `${number.toString(16)}000`
      const range = `${hex(start)}-${hex(frame)} ${one.access} ${hex(one.offset)}`
      const most = Math.min(4 * one.frames, values[0] ?? 0)
      const fields = needed.map((key, index) => {
        const value = { KernelPageSize: 4, Rss: most, Anonymous: most, Shared_Hugetlb: most }[key]
        return `${key}:${' '.repeat(width)}${value ?? values[index] ?? 0} kB`
      })
      return [
        `${range} ${one.device} ${one.inode}${' '.repeat(width)}${one.name}`,
        ...fields,
        ...(hasFlags ? [`VmFlags: rd ${one.access.endsWith('s') ? 'sh lo ' : ''}`] : []),
      ]
    })
    for (const { at, damage: damaged } of damages) {
      const place = at % lines.length
      lines.splice(place, 1, ...damaged(lines[place] ?? ''))
    }
    return lines.map((line) => `${line}\n`).join('')
  })

/** What the scanner says, in the words of the reader of lines. */
function scanned(text: string, piece: number): LineReading {
  const { outcome, mappings } = readSpace(text, 'smaps', piece)
  if ('fault' in outcome) {
    return { kind: outcome.fault.kind, line: Number(/^line (\d+),/.exec(outcome.place ?? '')?.[1]) }
  }
  return {
    anonymous: outcome.anonymous,
    privateSwap: outcome.privateSwap,
    mappings: mappings.map(({ counts, ...header }) => {
      if (counts === undefined) throw new RangeError('smaps has counts')
      const { rss, swap, locked } = counts
      // Of private memory the rest is not read.
      return { ...header, rss, swap, ...(header.shared ? { pss: counts.pss, locked } : {}) }
    }),
  }
}

test('smaps that is scanned is what a reader of its lines makes of it, wherever it is cut', () => {
  let [read, refused] = [0, 0]
  fc.assert(
    fc.property(texts, fc.integer({ min: 1, max: 400 }), (text, piece) => {
      const expected = readLines(text)
      if ('kind' in expected) refused += 1
      else read += 1
      for (const length of [piece, Number.POSITIVE_INFINITY]) {
        expect(scanned(text, length)).toEqual(expected)
      }
    }),
    { numRuns: 1000 },
  )
  expect(Math.min(read, refused)).toBeGreaterThan(100)
})
