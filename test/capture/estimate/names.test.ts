import { describe, expect, it } from 'vitest'
import { namesOf } from '../../../src/capture/estimate/names.ts'

describe('names of a captured scenario', () => {
  it('are made different by a number, and are never empty', () => {
    expect(namesOf(['a', 'a', ' ', 'a', 'a 2'])).toEqual(['a', 'a 2', 'unnamed', 'a 3', 'a 2 2'])
  })

  it('are cut after 80 characters, whole ones', () => {
    expect(namesOf(['é'.repeat(100)])).toEqual(['é'.repeat(80)])
  })
})
