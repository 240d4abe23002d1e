import { describe, expect, test } from 'vitest'
import { readGates } from '../../src/scenario/read-gates.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { minimal } from './reading.ts'

describe('gates of the command line', () => {
  const options = [
    { option: '--max-risk', path: 'gates.risk', value: 'tight' },
    { option: '--min-headroom', path: 'gates.headroom', value: '10 pages' },
  ]

  test('are read without a scenario as with one', () => {
    const reading = readGates(options, 65_536)
    expect(reading).toEqual({
      ok: true,
      gates: { risk: 'tight', headroom: { kind: 'bytes', bytes: 655_360 } },
    })
    expect(readGates([], 4096)).toEqual({ ok: true, gates: {} })
  })

  test('have the same issues without a scenario as with one', () => {
    const wrong = [{ option: '--min-headroom', path: 'gates.headroom', value: '10' }]
    const reading = readGates(wrong, 4096)
    const beside = readScenario(minimal, 'test.yaml', wrong)
    expect([reading.ok, beside.ok]).toEqual([false, false])
    if (!reading.ok && !beside.ok) expect(reading.issues).toEqual(beside.issues)
  })
})
