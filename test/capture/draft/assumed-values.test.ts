import { describe, expect, it } from 'vitest'
import { assumedValues } from '../../../src/capture/draft/assumed-values.ts'
import type { ScenarioText } from '../../../src/scenario/schema/scenario-text.ts'

const scenario: ScenarioText = {
  version: 1,
  host: { memory: '16 GiB', pti: false },
  groups: {
    'ora (LOCAL=NO)': {
      processes: 3,
      maps: [{ region: 'sga', touched: { ranges: [{ offset: '0 B', length: '1 MiB' }] } }],
    },
  },
}

describe('values that a capture estimated', () => {
  it('are listed by their path, with the reason', () => {
    expect(assumedValues(scenario, [{ path: ['host', 'pti'], text: 'not read' }])).toEqual({
      assumed: { 'host.pti': 'not read' },
    })
  })

  it('are listed by their first text where they are mappings or lists', () => {
    const path = ['groups', 'ora (LOCAL=NO)', 'maps', 0, 'touched']
    expect(assumedValues(scenario, [{ path, text: 'by Rss' }])).toEqual({
      assumed: { 'groups["ora (LOCAL=NO)"].maps[0].touched.ranges[0].offset': 'by Rss' },
    })
  })

  it('are none where the scenario does not have them, nor by keys of every object', () => {
    const paths = [
      ['host', 'swap'],
      ['groups', 'x', 'processes'],
      ['host', 'constructor'],
    ]
    expect(
      assumedValues(
        scenario,
        paths.map((path) => ({ path, text: '' })),
      ),
    ).toEqual({})
  })
})
