import { describe, expect, it } from 'vitest'
import type { GucUnit } from '../../../../src/importers/postgresql/guc/guc-number.ts'
import { readGucInteger } from '../../../../src/importers/postgresql/guc/guc-number.ts'

const read = (text: string, unit?: GucUnit) => {
  const reading = readGucInteger(text, unit)
  return reading.ok ? reading.value : reading.fault.kind
}

describe('a number of PostgreSQL', () => {
  it('counts what its parameter counts, unless it has a unit', () => {
    expect(read('16384', '8kB')).toBe(16384)
    expect(read('128MB', '8kB')).toBe(16384)
    expect(read(' 32 GB ', '8kB')).toBe(4_194_304)
    expect(read('4MB', 'kB')).toBe(4096)
    expect(read('1TB', 'MB')).toBe(1_048_576)
    expect(read('-1', '8kB')).toBe(-1)
  })

  it('is rounded to the next smaller unit, then to a whole number, halves to even', () => {
    expect(read('30.1GB', 'kB')).toBe(31_561_728)
    expect(read('12kB', '8kB')).toBe(2)
    expect(read('4kB', '8kB')).toBe(0)
    expect(read('0.5', '8kB')).toBe(0)
    expect(read('1.5', 'kB')).toBe(2)
    expect(read('512B', 'kB')).toBe(0)
  })

  it('may be written as in C', () => {
    expect(read('0x10', 'kB')).toBe(16)
    expect(read('010')).toBe(8)
    expect(read('1e3')).toBe(1000)
    expect(read('.5GB', 'MB')).toBe(512)
    expect(read('08')).toBe('not-a-number')
  })

  it('has units whose case counts, and none where there is nothing to measure', () => {
    expect(read('128mb', '8kB')).toBe('unknown-unit')
    expect(read('128 MiB', '8kB')).toBe('unknown-unit')
    expect(read('100MB')).toBe('unit-of-none')
    expect(read('many')).toBe('not-a-number')
    expect(read('1 k B', 'kB')).toBe('not-a-number')
    expect(read('')).toBe('not-a-number')
    expect(read('3000000000')).toBe('too-large')
    expect(read('4TB', 'B')).toBe('too-large')
  })
})
