import { expect, it } from 'vitest'
import { causeOfFinding, causeOfGate } from '../../../src/cli/scenarios/causes.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import { everyFinding } from '../../render/every-finding.ts'

it('leads every finding to a key that scenarios have', () => {
  const kinds = new Set(everyFinding.map(({ kind }) => kind))
  expect(kinds.size).toBe(Object.keys(findingIds).length)
  for (const finding of everyFinding) {
    const [first, ...others] = causeOfFinding(finding)
    expect(['host', 'regions', 'groups', 'allow'], finding.kind).toContain(first)
    for (const step of others) expect(step, finding.kind).not.toBe('')
  }
})

it('leads a waiver to its entry, by id or by kind', () => {
  const expired = everyFinding.find(({ kind }) => kind === 'waiver-expired')
  if (expired?.kind !== 'waiver-expired') throw new RangeError('no example')
  const [, kind] =
    Object.entries(findingIds)
      .map(([name, id]) => [id, name])
      .find(([id]) => id === expired.waives) ?? []
  expect(causeOfFinding(expired)).toEqual([
    'allow',
    { where: 'finding', is: [kind, expired.waives] },
  ])
})

it('leads a gate to its key', () => {
  const gate = {
    metric: 'riskGrowth',
    strategy: 'as-described',
    limit: 'safe',
    unit: 'level',
    holds: true,
  } as const
  expect(causeOfGate(gate)).toEqual(['gates', 'growth'])
  expect(causeOfGate({ ...gate, metric: 'pageTables' })).toEqual(['gates', 'pageTables'])
})
