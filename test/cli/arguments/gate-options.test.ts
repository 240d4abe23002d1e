import { expect, it } from 'vitest'
import { gateOptions, gateOverrides } from '../../../src/cli/arguments/gate-options.ts'

it('replaces one gate of the scenario by each option', () => {
  const maxRisk = gateOptions.maxRisk.read(['tight'])
  const failOn = gateOptions.failOn.read(['error', 'note'])
  expect(gateOverrides({ failOn, maxRisk })).toEqual([
    { option: '--max-risk', path: 'gates.risk', value: 'tight' },
    { option: '--fail-on', path: 'gates.findings', value: 'note' },
  ])
})

it('replaces all limits of growth by those of the command line', () => {
  const maxGrowth = gateOptions.maxGrowth.read(['5%', '2 GiB'])
  const option = '--max-growth'
  expect(gateOverrides({ maxGrowth })).toEqual([
    { option, path: 'gates.growth', value: '[]' },
    { option, path: 'gates.growth[0]', value: '5%' },
    { option, path: 'gates.growth[1]', value: '2 GiB' },
  ])
})
