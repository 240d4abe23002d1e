import { describe, expect, it } from 'vitest'
import { leafPaths, metricOf, valueAt } from '../../../src/plan/sweep/metric.ts'

describe('the path of a metric', () => {
  it('begins at a strategy or at the result', () => {
    expect(metricOf('a', ['pageTables', 'bytes'], 'mshare')).toMatchObject({
      strategy: 'mshare',
      path: ['pageTables', 'bytes'],
    })
    expect(metricOf('a', ['strategies', 'threads', 'vmas'], 'mshare')).toMatchObject({
      strategy: 'threads',
      path: ['vmas'],
    })
    const ofResult = metricOf('a', ['host', 'memoryBytes'], 'mshare')
    expect(ofResult).toMatchObject({ path: ['host', 'memoryBytes'], effort: 'result' })
    expect(ofResult.strategy).toBeUndefined()
  })

  it.each([
    ['pageTables.bytes', 'sums'],
    ['risk.level', 'sums'],
    ['pageTables.levels.pte.bytes', 'strategy'],
    ['groups.clients.perProcess.bytes', 'strategy'],
    ['savings.bytes', 'result'],
    ['risk.victim.group', 'result'],
    ['limits.clients.safe.value', 'result'],
  ])('%s needs no more of a plan than %s', (path, effort) => {
    expect(metricOf(path, path.split('.'), 'as-described').effort).toBe(effort)
  })
})

const value = {
  strategies: [{ id: 'threads', regions: [{ name: 'sga', bytes: 7 }], vmas: 3, risk: null }],
  limits: [{ metric: 'processes', group: 'clients' }],
}

describe('a value', () => {
  it.each([
    [['strategies', 'threads', 'vmas'], 3],
    [['strategies', 'threads', 'regions', 'sga', 'bytes'], 7],
    [['strategies', '0', 'vmas'], 3],
    [['strategies', 0, 'vmas'], 3],
    [['limits', 'clients', 'metric'], 'processes'],
  ])('is found at %j', (path, found) => {
    expect(valueAt(value, path)).toBe(found)
  })

  it.each([
    [['strategies']],
    [['strategies', 'mshare', 'vmas']],
    [['constructor', 'name']],
    [['strategies', 'threads', 'risk']],
  ])('is nothing at %j', (path) => {
    expect(valueAt(value, path)).toBeUndefined()
  })
})

it('lists each path that leads to a value', () => {
  expect(leafPaths(value)).toEqual([
    ...['id', 'regions.sga.name', 'regions.sga.bytes', 'vmas', 'risk'].map(
      (path) => `strategies.threads.${path}`,
    ),
    ...['metric', 'group'].map((key) => `limits.clients.${key}`),
  ])
})
