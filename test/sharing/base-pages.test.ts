import { describe, expect, test } from 'vitest'
import { billed, gib, mib, strategy } from '../build.ts'

describe('base pages', () => {
  test('are what savings are measured by: without huge pages and mshare of the scenario', () => {
    const result = billed({
      regions: {
        r: { size: gib, backing: 'hugetlbfs', pageBytes: 2 * mib, mshare: { mode: 0o600 } },
      },
      groups: { g: { processes: 2, maps: [{ region: 'r' }] } },
    })
    const { pageTables, savings } = strategy(result, 'base-pages')
    expect(pageTables).toMatchObject({ onceBytes: 0, bytes: 2 * 515 * 4096 })
    expect(savings).toEqual({ bytes: 0, fraction: 0 })
  })
})
