import { expect, it } from 'vitest'
import type { LimitPoint } from '../../../src/plan/result/limits-result.ts'
import { htmlText } from '../../../src/report/markup/html-text.ts'
import { fillingChart } from '../../../src/report/pictures/filling-chart.ts'

const gib = 2 ** 30
const point = (value: number, used: number, of = 8): LimitPoint => ({
  ...{ value, usedBytes: used * gib, ofBytes: of * gib, level: 'safe' },
})
const filling = {
  ...{ id: 'x', title: 'Memory in use', said: ['Dies in May.'] },
  axis: { scale: 'linear', from: 0, to: 10 },
  ticks: () => [[5, 'five'] as const],
} as const

it('says what it shows, and writes sizes where memory stays the same', () => {
  const text = htmlText(
    fillingChart({ ...filling, curves: [{ points: [point(0, 1), point(10, 8)], signs: [] }] }),
  )
  expect(text).toContain('aria-label="Memory in use. Dies in May."')
  expect(text).toContain('>8 GiB</text>')
  expect(text).toContain('>five</text>')
})

it('writes shares where memory changes', () => {
  const points = [point(0, 1), point(10, 8, 16)]
  const text = htmlText(fillingChart({ ...filling, curves: [{ points, signs: [] }] }))
  expect(text).toContain('>100 %</text>')
  expect(text).not.toContain('GiB</text>')
})

it('a sign is at its plan, and what is far beyond memory is not drawn', () => {
  const points = [point(0, 4), point(5, 8), point(10, 80)]
  const signs = [[0, 'diamond'] as const, [5, 'dot'] as const]
  const text = htmlText(fillingChart({ ...filling, curves: [{ points, signs }] }))
  expect(text.match(/class="ring curve-0"/g)).toHaveLength(1)
  expect(text).toMatch(/<circle class="mark mark-0" cx="478" cy="[\d.]+" r="4.5"/)
  expect(text).not.toContain('960 GiB')
})

it('letters of curves that end at one place are side by side', () => {
  const curves = [1, 2].map(() => ({ points: [point(0, 1), point(10, 4)], signs: [] }))
  const text = htmlText(fillingChart({ ...filling, curves }))
  const places = [...text.matchAll(/x="([\d.]+)" y="[\d.]+" text-anchor="middle">([AB])</g)]
  expect(places.map(([, x, letter]) => [letter, Number(x)])).toEqual([
    ['A', 870],
    ['B', 854],
  ])
})
