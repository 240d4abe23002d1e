import { describe, expect, test } from 'vitest'
import { minimal, places, read, variant, withClients } from '../reading.ts'

describe('base tables that are not given', () => {
  const saying = (text: string) =>
    read(text).assumptions.find(({ path }) => path === 'groups.clients.baseTables')

  test('are said to be a default alone where the process has no memory and no threads', () => {
    expect(saying(variant(['    private: 6 MB\n', '']))).toEqual({
      path: 'groups.clients.baseTables',
      value: '160 KiB',
      source:
        'default: typical of a dynamically linked server process (130–485 KiB measured per database session)',
    })
  })

  test('say what is for private memory and what for the stacks of threads', () => {
    const typical =
      'default: 160 KiB, typical of a dynamically linked server process (130–485 KiB measured per database session)'
    expect(saying(minimal)).toMatchObject({
      value: '172 KiB',
      source: `${typical}; 12 KiB for \`private\`, derived: on base pages, in one piece`,
    })
    const threaded = variant(['    private: 6 MB\n', '    threads: 8\n'])
    expect(saying(threaded)).toMatchObject({
      value: '216 KiB',
      source: `${typical}; 56 KiB for 7 more threads: 2 pte tables each at most (stacks of 8 MiB, glibc 2.42 or later)`,
    })
    expect(saying(threaded.replace('512 GB', '512 GB\n  kernel: "6.12"'))).toMatchObject({
      value: '188 KiB',
      source: `${typical}; 28 KiB for 7 more threads: 1 pte table each at most (stacks of 8 MiB)`,
    })
  })

  test('follow `--set` of the private memory, and given ones do not', () => {
    const larger = [{ path: 'groups.clients.private', value: '1 GiB' }]
    const baseOf = (text: string) => read(text, larger).workload.groups[0]?.baseTables
    // 512 pte tables.
    expect(baseOf(minimal)).toBe((160 + 2048) * 1024)
    expect(baseOf(variant(['    private', '    baseTables: 1 MiB\n    private']))).toBe(2 ** 20)
  })
})

describe('a group that cannot be is an issue at its place', () => {
  test.each([
    [
      'more locked than private',
      withClients('lockedPrivate: 1 MB'),
      '10:20 more mlocked memory than private memory (`0 B`)',
    ],
  ])('%s', (_, text, expected) => {
    expect(places(text)).toEqual([expected])
  })
})
