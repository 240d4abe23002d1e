import { describe, expect, it } from 'vitest'
import { refusalIn } from '../../../src/plan/result/refusal.ts'

describe('a plan does not start where', () => {
  it.each([
    ['huge pages are missing, whatever is promised', 1, 'never', false, 'huge-pages'],
    ['all promises together pass the limit', 0, 'never', false, 'commit-limit'],
    ['one request is refused', 0, 'heuristic', false, 'request'],
    ['nothing is: it starts', 0, 'heuristic', true, undefined],
  ] as const)('%s', (_, missingPages, mode, granted, refusal) => {
    expect(refusalIn({ pools: [{ missingPages }], commit: { mode, granted } })).toBe(refusal)
  })
})
