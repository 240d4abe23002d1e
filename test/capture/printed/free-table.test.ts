import { describe, expect, it } from 'vitest'
import {
  freeLine,
  freeUnit,
  isFreeHeading,
  memoryOfFree,
} from '../../../src/capture/printed/free-table.ts'

describe('the table of free', () => {
  it('has a heading in each version of procps', () => {
    expect(
      isFreeHeading('             total       used       free     shared    buffers     cached'),
    ).toBe(true)
    expect(
      isFreeHeading(
        '               total        used        free      shared  buff/cache   available',
      ),
    ).toBe(true)
    expect(isFreeHeading('total used memory')).toBe(false)
  })

  it('has lines of the old layout that say nothing more', () => {
    expect(freeLine('-/+ buffers/cache:     400      600')).toEqual({})
    expect(
      freeLine('Mem:          1000        900        100         50         10        500'),
    ).toEqual({
      total: '1000',
      shared: '50',
    })
    expect(freeLine('anything else')).toBeUndefined()
  })

  it.each([
    ['free -m', 'M'],
    ['sos_commands/memory/free_-m', 'M'],
    ['free -wk', 'K'],
    ['free --gibi', 'G'],
    ['free', undefined],
    ['free -h', undefined],
  ] as const)('names its unit: %s', (command, unit) => {
    expect(freeUnit(command)).toBe(unit)
  })
})

describe('memory by free', () => {
  it('is in KiB without another unit', () => {
    const { meminfo, isKnown } = memoryOfFree({ total: '16384000', swap: '0' }, undefined, 0)
    expect(meminfo).toBe('MemTotal: 16384000 kB\nSwapTotal: 0 kB\n')
    expect(isKnown).toBe(false)
  })

  it('has its unit behind the number with -h, in any locale', () => {
    const { meminfo, isKnown } = memoryOfFree({ total: '15,6Gi', shared: '2.0Gi' }, undefined, 0)
    expect(meminfo).toBe('MemTotal: 16357786 kB\nShmem: 2097152 kB\n')
    expect(isKnown).toBe(true)
  })

  it('is not less than a process has: then the unit is larger', () => {
    expect(memoryOfFree({ total: '257688' }, undefined, 91_240).unit).toBe('K')
    expect(memoryOfFree({ total: '257688' }, undefined, 900_000).unit).toBe('M')
    expect(memoryOfFree({ total: '251' }, undefined, 900_000).unit).toBe('G')
  })
})
