import { describe, expect, it } from 'vitest'
import type { Task } from '../../../src/importers/oom-report/log/report.ts'
import { mostPoints, pointsOf } from '../../../src/importers/oom-report/points.ts'

const task = (over: Partial<Task>): Task => ({
  pid: 100,
  uid: 1000,
  name: 'a',
  rss: 1000,
  swap: 20,
  adj: 0,
  tableBytes: 40_960,
  ...over,
})
const choice = { totalPages: 1_000_000, pageBytes: 4096 }

describe('the points of a process', () => {
  it('are its resident and swapped pages, its page tables, and thousandths of all memory', () => {
    expect(pointsOf(task({}), choice)).toBe(1030)
    expect(pointsOf(task({ adj: -500 }), choice)).toBe(1030 - 500_000)
    expect(pointsOf(task({ tables: { pte: 7, pmd: 2, pud: 1 }, tableBytes: 0 }), choice)).toBe(1030)
  })

  it('are none for init, and where oom_score_adj is -1000', () => {
    expect(pointsOf(task({ pid: 1 }), choice)).toBeUndefined()
    expect(pointsOf(task({ adj: -1000 }), choice)).toBeUndefined()
  })

  it('of root are fewer by 3 % before Linux 4.17, and by 3 % of all memory before 3.14', () => {
    const root = task({ uid: 0 })
    expect(pointsOf(root, { ...choice, kernel: { major: 4, minor: 18 } })).toBe(1030)
    expect(pointsOf(root, { ...choice, kernel: { major: 4, minor: 4 } })).toBe(1000)
    const raised = task({ uid: 0, adj: 100 })
    expect(pointsOf(raised, { ...choice, kernel: { major: 3, minor: 10 } })).toBe(1030 + 70_000)
  })

  it('are 1 at least before Linux 5.9', () => {
    const spared = task({ adj: -998 })
    expect(pointsOf(spared, { ...choice, kernel: { major: 5, minor: 8 } })).toBe(1)
    expect(pointsOf(spared, { ...choice, kernel: { major: 5, minor: 9 } })).toBe(1030 - 998_000)
  })
})

describe('of equal processes', () => {
  const two = [task({ pid: 7 }), task({ pid: 8 }), task({ pid: 9, rss: 1 })]
  it('Linux 5.4 takes the last listed, 4.19 the first', () => {
    expect(mostPoints(two, { ...choice, kernel: { major: 5, minor: 4 } })?.task.pid).toBe(8)
    expect(mostPoints(two, { ...choice, kernel: { major: 4, minor: 19 } })?.task.pid).toBe(7)
    expect(mostPoints([], choice)).toBeUndefined()
  })

  it('the one that was killed is taken, where its points equal the most', () => {
    for (const minor of [4, 19]) {
      const kernel = { major: minor === 4 ? 5 : 4, minor }
      expect(mostPoints(two, { ...choice, kernel }, new Set([7]))?.task.pid).toBe(7)
      expect(mostPoints(two, { ...choice, kernel }, new Set([8]))?.task.pid).toBe(8)
      expect(mostPoints(two, { ...choice, kernel }, new Set([9]))?.task.pid).toBe(
        minor === 4 ? 8 : 7,
      )
    }
  })
})
