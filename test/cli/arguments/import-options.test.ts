import { describe, expect, it } from 'vitest'
import { importOptions, importRequestOf } from '../../../src/cli/arguments/import-options.ts'

describe('a request to import', () => {
  it('has what was given and nothing else', () => {
    expect(importRequestOf({ memory: '512GB', release: '18', root: '/' })).toEqual({
      memory: '512GB',
      release: '18',
      root: '/',
    })
  })

  it('has no memory where the log is to say it, and the report that was asked for', () => {
    expect(importRequestOf({ kind: 'oom-report', report: 2 })).toEqual({
      kind: 'oom-report',
      report: 2,
    })
  })

  it('takes one option that says what is touched', () => {
    const dataSize = { text: '1GB', bytes: 1024 ** 3 }
    expect(() => importRequestOf({ memory: '8GB', touched: '40%', dataSize })).toThrow(
      'exclude each other',
    )
    expect(importRequestOf({ memory: '8GB', dataSize })).toEqual({ memory: '8GB', data: dataSize })
  })
})

describe('the value of an option', () => {
  it('of --data-size is in bytes; databases count in powers of two', () => {
    expect(importOptions.dataSize.read(['747MB'])).toEqual({
      text: '747MB',
      bytes: 747 * 1024 ** 2,
    })
    expect(() => importOptions.dataSize.read(['747'])).toThrow('write a size with a unit')
    expect(() => importOptions.dataSize.read(['0 GB'])).toThrow('write a size with a unit')
  })

  it('of --connections is a whole number from 1', () => {
    expect(importOptions.connections.read(['300'])).toBe(300)
    for (const typed of ['0', 'many', '1.5', '10000000']) {
      expect(() => importOptions.connections.read([typed])).toThrow('write a whole number')
    }
  })

  it('of --release is numbers and dots', () => {
    expect(importOptions.release.read(['19.3'])).toBe('19.3')
    expect(() => importOptions.release.read(['new'])).toThrow('such as 18 or 19.3')
  })
})
