import { describe, expect, it } from 'vitest'
import type { CapturedProcess } from '../../../src/capture/estimate/captured-process.ts'
import { mean, means, sharedTraits, sumOf } from '../../../src/capture/estimate/group-figures.ts'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import { AnnotatedScenario } from '../../../src/scenario/annotated-scenario.ts'

const layout = findLayout('x86-64')
if (layout === undefined) throw new Error('no layout')
const known = layout

const processOf = (status: object, space?: object): CapturedProcess =>
  ({
    seen: { status: { uid: 26, gid: 26, threads: 1, ...status }, space },
    parts: [],
  }) as unknown as CapturedProcess

const annotated = () => new AnnotatedScenario({ version: 1, host: { memory: '1 GiB' }, groups: {} })

describe('traits of a group', () => {
  const traitsOf = (...processes: readonly CapturedProcess[]) =>
    sharedTraits(processes, () => undefined, ['groups', 'g'], annotated())

  it('have the user where all processes have the same one', () => {
    expect(traitsOf(processOf({}), processOf({ threads: 4 }))).toEqual({
      processes: 2,
      threads: 3,
      uid: 26,
      gid: 26,
    })
  })

  it('have no user where processes have several, or all are root', () => {
    expect(traitsOf(processOf({}), processOf({ uid: 27 }))).not.toHaveProperty('uid')
    expect(traitsOf(processOf({ uid: 0 }))).not.toHaveProperty('uid')
  })
})

describe('private memory of a group', () => {
  const meansOf = (...processes: readonly CapturedProcess[]) =>
    means(processes, 4, ['groups', 'g'], annotated())

  it('is the mean of RssAnon and VmSwap', () => {
    const [one, other] = [processOf({ rssAnon: 1000, swap: 24 }), processOf({ rssAnon: 3000 })]
    expect(meansOf(one, other)).toEqual({ private: '2012 KiB', baseTables: '0 B' })
  })

  it('is unknown where that of one process is', () => {
    expect(meansOf(processOf({ rssAnon: 1000 }), processOf({}))).toEqual({ baseTables: '0 B' })
  })

  it('is locked at most as a whole', () => {
    expect(meansOf(processOf({ rssAnon: 1000, locked: 5000 }))).toMatchObject({
      private: '1000 KiB',
      lockedPrivate: '1000 KiB',
    })
  })
})

describe('VmPTE of a group', () => {
  it('is the sum, or unknown where that of one process is', () => {
    const [one, other] = [processOf({ vmPte: 100 }), processOf({ vmPte: 104 })]
    expect(sumOf([one, other], known)).toEqual({ vmPte: 204 })
    expect(sumOf([one, processOf({})], known)).toEqual({})
  })
})

it('the mean of nothing is 0', () => {
  expect(mean([])).toBe(0)
  expect(mean([1, 2])).toBe(1.5)
})
