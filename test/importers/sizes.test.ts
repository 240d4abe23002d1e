import { describe, expect, it } from 'vitest'
import { excess, readSuffixedSize } from '../../src/importers/sizes.ts'

describe('a size with one letter', () => {
  it('is a whole number of 1024 to a power, in any case', () => {
    expect(['64K', '16g', '8589934592', ' 1T ', '0'].map(readSuffixedSize)).toEqual([
      65_536, 17_179_869_184, 8_589_934_592, 1_099_511_627_776, 0,
    ])
  })

  it('has no decimals, no unit of two letters, and is counted exactly', () => {
    // 8P are 2^53 bytes, one more than is counted exactly.
    for (const text of ['1.5G', '16GB', '-1', '', 'G', '8P']) {
      expect(readSuffixedSize(text), text).toBeUndefined()
    }
  })
})

describe('more memory than any host has', () => {
  const spot = { source: { file: 'my.cnf', text: 'x' }, offset: 0 }

  it('is a flaw from 4 PiB on', () => {
    expect(excess('the SGA', 2 ** 52, spot)).toEqual([])
    expect(excess('the SGA', 2 ** 52 + 1, spot)).toEqual([
      { message: 'the SGA exceeds 4 PiB', expected: 'less', spot },
    ])
  })

  it('is none where no place decides it', () => {
    expect(excess('the SGA', 2 ** 53, undefined)).toEqual([])
  })
})
