import { describe, expect, it } from 'vitest'
import type { Limit } from '../../../src/plan/result/limit-result.ts'
import type { LimitChart, LimitCurve } from '../../../src/plan/result/limits-result.ts'
import { limitChart } from '../../../src/render/limits/limit-chart.ts'

const ascii = { color: false, unicode: false, width: 60 }
const about = { metric: 'processes', group: 'clients', unit: 'processes', now: 60 } as const

/** Memory of 100 of which each process needs a part. */
function curve(strategy: string, perProcess: number, own = 0): LimitCurve {
  const points = [0, 50, 60, 100, 110].map((value) => {
    const usedBytes = own + value * perProcess
    return { value, usedBytes, ofBytes: 100, level: 'safe' } as const
  })
  return { strategy, points }
}

function answer(id: string, most?: number) {
  const bound = most === undefined ? {} : { swapping: { value: most, cause: 'memory' } as const }
  const limit: Limit = { ...about, ...bound }
  return { strategy: { id, status: 'mainline', level: 'safe', limits: [limit] }, limit } as const
}

const chart = (...curves: readonly LimitCurve[]): LimitChart => ({
  ...about,
  axis: { scale: 'linear', from: 0, to: 110 },
  curves,
})

describe('a picture of limits', () => {
  it('shows how full memory gets, and where each strategy reaches its limit', () => {
    const picture = limitChart(
      chart(curve('base-pages', 2), curve('threads', 1)),
      [answer('base-pages', 50), answer('threads', 100)],
      ascii,
    )
    // 53 columns for 110 processes: 50 are in column 24, 60 in 29, 100 in 48.
    expect(picture).toEqual([
      'Memory in use, by processes of clients',
      '      |                        aaa :                   bbbbb',
      '100 % |----------------------aaA------------------bbbbBb----',
      ' 90 % |...................aaa................bbbbbb.........',
      '      |                 aaa        :     bbbbb',
      '      |              aaa           :bbbbb',
      ' 50 % |            aaa         bbbbb',
      '      |         aaa       bbbbb    :',
      '      |       aaa    bbbbb         :',
      '      |     aaa bbbbbb             :',
      '      |  aaabbbbb                  :',
      '      |aaabb                       :',
      '  0 % ++-----------------------+---^------------------+-----',
      '       0                      50  now                100',
      'A base-pages  B threads',
    ])
  })

  it('draws in braille where it may', () => {
    const picture = limitChart(chart(curve('threads', 1)), [answer('threads', 100)], {
      ...ascii,
      unicode: true,
    })
    // Of 106 x 44 dots the curve has row 43 - 43/105 x: 43, 43, 42, 42, 41, 41, 41, 40, 40, 39, …
    expect(picture.slice(-5)).toEqual([
      '      │    ⢀⡠⠤⠒⠉⠁                  ⠨',
      '      │⣀⠤⠒⠊⠁                       ⠨',
      '  0 % └┬───────────────────────┬───▲──────────────────┬─────',
      '       0                      50  now                100',
      'A threads',
    ])
  })

  it('gives curves that look alike one letter', () => {
    const picture = limitChart(
      chart(curve('threads', 1), curve('thp-2m', 1.01), curve('base-pages', 2)),
      [answer('threads', 100), answer('thp-2m', 100), answer('base-pages', 50)],
      ascii,
    )
    expect(picture.at(-1)).toBe('A threads, thp-2m  B base-pages')
  })

  it('names what it cannot show', () => {
    const picture = limitChart(
      chart(curve('base-pages', 1, 200), curve('threads', 1)),
      [answer('base-pages'), answer('threads', 100)],
      ascii,
    )
    expect(picture.slice(-2)).toEqual(['A threads', 'Outside the picture: base-pages.'])
  })

  it('reaches as high as the limit where swap holds more than memory', () => {
    const picture = limitChart(chart(curve('threads', 1, 30)), [answer('threads', 100)], ascii)
    expect(picture.filter((line) => line.includes('%'))).toMatchObject(
      [/^130 % .*A/, /^100 % .*--/, /^ 90 % .*[.][.]/, /^ 50 % /, /^ {2}0 % /].map((form) =>
        expect.stringMatching(form),
      ),
    )
  })

  it('is not drawn where it would be empty', () => {
    expect(limitChart(chart(curve('base-pages', 1, 200)), [answer('base-pages')], ascii)).toEqual(
      [],
    )
  })

  it('says where what is fullest may be a cgroup, and that the axis is logarithmic', () => {
    const [point, ...others] = curve('threads', 1).points
    const inside = { strategy: 'threads', points: [{ ...point, cgroup: 'db' }, ...others] }
    const log = {
      ...chart(inside as LimitCurve),
      axis: { scale: 'log', from: 10, to: 110 },
    } as const
    expect(limitChart(log, [answer('threads', 100)], { ...ascii, width: 100 })[0]).toBe(
      'Memory in use of the host or its fullest cgroup, by processes of clients (log scale)',
    )
  })
})
