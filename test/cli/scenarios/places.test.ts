import { expect, it } from 'vitest'
import { placesOf } from '../../../src/cli/scenarios/places.ts'

it('places findings and gates in the order of the result', () => {
  const text = 'version: 1\nhost:\n  memory: 1 GB\n  swap: 0 B\ngates:\n  risk: safe\n'
  const about = { name: 'x', file: 'x.yaml', fingerprint: '', line: 11 }
  const finding = {
    id: 'MSP015',
    kind: 'swap-cannot-help',
    severity: 'warning',
    unswappableBytes: 2,
    capacityBytes: 1,
  } as const
  const gate = {
    metric: 'risk',
    strategy: 'as-described',
    limit: 'safe',
    unit: 'level',
    holds: true,
  } as const
  expect(placesOf({ findings: [finding], gates: [gate] }, { text, about }, [])).toEqual({
    findings: [{ path: 'host.swap', line: 14, column: 3, endColumn: 7 }],
    gates: [{ path: 'gates.risk', line: 16, column: 3, endColumn: 7 }],
  })
})
