import { describe, expect, it } from 'vitest'
import { pathText } from '../../../src/report/pictures/path-text.ts'

describe('the text of a path', () => {
  it('has each point as a step from the one before', () => {
    expect(
      pathText([
        [78, 215],
        [88.4, 214.5],
        [98, 300],
      ]),
    ).toBe('M78 215l10.4-.5l9.6 85.5')
  })

  it('leaves out what is on the way, by less than a quarter', () => {
    expect(
      pathText([
        [0, 0],
        [10, 0.2],
        [20, 0],
        [30, 9],
        [40, 18],
      ]),
    ).toBe('M0 0l20 0l20 18')
    expect(
      pathText([
        [0, 0],
        [10, 0.3],
        [20, 0],
      ]),
    ).toBe('M0 0l10 .3l10-.3')
  })

  it('does not drift: a curve of many small bends stays within the leeway', () => {
    const points = Array.from({ length: 400 }, (_, x) => [x / 2, (x / 20) ** 2] as const)
    const steps = [...pathText(points).matchAll(/[Ml](-?[\d.]+) ?(-?[\d.]+)/g)]
    let [x, y] = [0, 0]
    for (const [, dx, dy] of steps) {
      x += Number(dx)
      y += Number(dy)
      expect(Math.abs(y - (x / 10) ** 2)).toBeLessThan(0.06)
    }
    expect(x).toBeCloseTo(199.5)
    expect(steps.length).toBeGreaterThan(5)
    expect(steps.length).toBeLessThan(60)
  })

  it('is one point, or nothing', () => {
    expect(pathText([[3, 4]])).toBe('M3 4')
    expect(pathText([])).toBe('')
  })
})
