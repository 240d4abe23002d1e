import { expect, test } from 'vitest'
import type { LimitChart } from '../../../src/plan/result/limits-result.ts'
import { axisLines } from '../../../src/render/limits/limit-axis.ts'

const gib = 2 ** 30
const canvas = { columns: 41, rows: 1 }
const ascii = { color: false, unicode: false, width: 80 }

function axis(chart: Omit<LimitChart, 'curves'>): readonly string[] {
  return axisLines({ ...chart, curves: [] }, canvas, 7, ascii)
}

test('processes have round steps, and what there is now a mark of its own', () => {
  const chart = { metric: 'processes', group: 'g', unit: 'processes', now: 1000 } as const
  expect(axis({ ...chart, axis: { scale: 'linear', from: 0, to: 4000 } })).toEqual([
    '  0 % ++---------^---------+-------------------+',
    '       0        now      2,000             4,000',
  ])
})

test('bytes have steps of powers of two', () => {
  const chart = { metric: 'memory', unit: 'bytes', now: 100 * gib } as const
  expect(axis({ ...chart, axis: { scale: 'linear', from: 0, to: 320 * gib } })).toEqual([
    '  0 % ++------------^------------------+--------',
    '       0 B         now             256.0 GiB',
  ])
  // Of 40 columns for 8 doublings: 16 GiB are 0.68 doublings on, 100 GiB 3.3, 1 TiB 6.7.
  expect(axis({ ...chart, axis: { scale: 'log', from: 10 * gib, to: 2560 * gib } })).toEqual([
    '  0 % +---+-------------^---------------+-------',
    '       16.0 GiB        now           1.0 TiB',
  ])
})

test('groups that grow alike have factors', () => {
  const chart = { metric: 'allProcesses', unit: 'processes', now: 240 } as const
  expect(axis({ ...chart, axis: { scale: 'linear', from: 0, to: 480 } })).toEqual([
    '  0 % ++-------------------^-------------------+',
    '       x0                 now                 x2',
  ])
})

test('a logarithmic axis over a few decades shows twice and five times as much too', () => {
  const chart = { metric: 'processes', group: 'g', unit: 'processes', now: 5 } as const
  expect(axis({ ...chart, axis: { scale: 'log', from: 10, to: 1000 } })).toEqual([
    '  0 % ++-----+-------+-----+-----+-------------+',
    '       10   20      50    100   200        1,000',
  ])
})
