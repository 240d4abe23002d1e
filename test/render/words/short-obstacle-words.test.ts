import { describe, expect, test } from 'vitest'
import type { Obstacle } from '../../../src/plan/result/result.ts'
import { shortObstacle } from '../../../src/render/words/short-obstacle-words.ts'

const said = (obstacle: Obstacle): string => shortObstacle(obstacle, (text) => `<${text}>`)

describe('an obstacle in few words', () => {
  test('says what the memory is', () => {
    expect(said({ kind: 'backing', region: 'south', backing: 'sysv-shm' })).toBe(
      '<south> is a SysV segment',
    )
    expect(said({ kind: 'backing', region: 'south', backing: 'dax' })).toBe(
      '<south> is persistent memory (DAX)',
    )
  })

  test('says who may not open it', () => {
    expect(said({ kind: 'permission', region: 'ledger', group: 'auditors' })).toBe(
      '<auditors> may not open <ledger>',
    )
    expect(said({ kind: 'permission', region: 'ledger' })).toBe(
      'its processes may not open <ledger>',
    )
  })

  test('is one clause for every kind', () => {
    const kinds = ['layout', 'page-size', 'private-memory', 'private-mapping', 'alignment'] as const
    const more = ['overlap', 'address-space', 'pool', 'not-mapped'] as const
    for (const kind of [...kinds, ...more]) {
      expect(said({ kind, region: 'a' })).toMatch(/^[a-z<][^.;]*[^.;]$/)
    }
  })
})
