import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, wrongIn } from '../imported.ts'

describe('parameters that SQL*Plus printed', () => {
  it('are those of an instance', () => {
    expect(kindOf('sqlplus.txt')).toBe('sqlplus')
    const { scenario, sources } = madeOf('sqlplus', fixture('sqlplus.txt'), { memory: '512 GB' })
    expect(scenario.regions?.['sga']).toMatchObject({ size: '300 GiB', fallback: 'mixed' })
    expect(scenario.groups['servers']?.processes).toBe(1440)
    expect(sources.get('regions.sga.size')).toContain('sga_target = 300G (f:9)')
  })

  it('what show sga adds up to is the size, where no parameter says it', () => {
    // 8,904,608 + 276,824,064 + 780,140,544 + 7,872,608 bytes.
    const { scenario } = madeOf('sqlplus', fixture('sga.txt'))
    expect(scenario.regions?.['sga']?.size).toBe('1 GiB')
  })

  it('a text without any is refused', () => {
    expect(wrongIn('sqlplus', 'SQL> select 1;\n')[0]).toBe(
      'f:1:1: no parameter of Oracle is in this text',
    )
  })
})
