import { describe, expect, it } from 'vitest'
import { runsText } from '../../../src/capture/estimate/runs-text.ts'

describe('runs of pages as a scenario writes them', () => {
  it('are all, the first ones, or a list', () => {
    expect(runsText([[0, 10]], 10, 4096)).toBe('all')
    expect(runsText([[0, 8]], 10, 4096)).toEqual({ first: '32 KiB' })
    expect(
      runsText(
        [
          [2, 3],
          [5, 9],
        ],
        10,
        4096,
      ),
    ).toEqual({ pages: '2,5-8' })
  })
})
