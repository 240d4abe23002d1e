import { describe, expect, it } from 'vitest'
import { heldKib, kib, size } from '../../../src/capture/files/memory-text.ts'

const meminfo = 'MemTotal: 1000 kB\nShmem: 1001 kB\nPageTables: 1000 kB\nOdd: 5\n'

describe('values of meminfo', () => {
  it('are in KiB, and absent where the unit is another', () => {
    expect([kib(meminfo, 'Shmem'), kib(meminfo, 'Odd'), kib(meminfo, 'None')]).toEqual([
      1001,
      undefined,
      undefined,
    ])
  })

  it('that are a part of memory are no more than MemTotal', () => {
    expect(heldKib(meminfo, 'PageTables')).toBe(1000)
    expect(heldKib(meminfo, 'Shmem')).toBeUndefined()
    expect(heldKib('Shmem: 1 kB\n', 'Shmem')).toBeUndefined()
  })

  it('are written in the largest unit that is exact', () => {
    expect([size(4), size(2048), size(3 * 1024 ** 2)]).toEqual(['4 KiB', '2 MiB', '3 GiB'])
    expect(() => size(2 ** 43, 'the sum of VmSwap')).toThrow()
  })
})
