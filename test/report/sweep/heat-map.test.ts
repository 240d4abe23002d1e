import { expect, it } from 'vitest'
import type {
  RiskChange,
  SweepHead,
  SweepPoint,
} from '../../../src/plan/result/what-if/sweep-result.ts'
import { htmlText } from '../../../src/report/markup/html-text.ts'
import { heatMap } from '../../../src/report/sweep/heat-map.ts'

const head: SweepHead = {
  tool: { name: 'mshare-plan', version: '0' },
  scenario: { name: 'two', file: 'two.yaml', fingerprint: '' },
  strategy: 'as-described',
  axes: [
    { path: 'groups.g.processes', unit: 'count', length: 2 },
    { path: 'host.memory', unit: 'bytes', length: 2 },
  ],
  metrics: ['pageTables.bytes'],
}
const gib = 2 ** 30
const points: readonly SweepPoint[] = [
  { at: [100, 8 * gib], values: [gib], risk: 'safe' },
  { at: [100, 16 * gib], values: [gib], risk: 'safe' },
  { at: [200, 8 * gib], values: [2 * gib], risk: 'oom' },
  { at: [200, 16 * gib], values: [null], refusal: { kind: 'too-large' } },
]
const from8 = { axis: 'groups.g.processes', other: 8 * gib, exact: true } as const
const changes: readonly RiskChange[] = [
  { ...from8, from: { value: 120, risk: 'safe' }, to: { value: 121, risk: 'tight' } },
  { ...from8, from: { value: 150, risk: 'tight' }, to: { value: 151, risk: 'oom' } },
]

it('each cell has the word of its risk and its figures below its values', () => {
  const text = htmlText(heatMap(head, points, []))
  expect(text).toContain('<th scope="colgroup" colspan="2">host.memory</th>')
  expect(text).toContain('<th scope="col">8 GiB</th><th scope="col">16 GiB</th>')
  expect(text).toContain(
    '<th scope="row">200</th><td class="oom"><strong>oom</strong><br>2.0 GiB</td><td><strong>-</strong><br>-</td>',
  )
  expect(text).not.toContain('thick line')
})

it('a cell where the risk has changed says from which values on', () => {
  const text = htmlText(heatMap(head, points, changes))
  expect(text).toContain(
    '<td class="oom cross-down"><strong>oom</strong><br>2.0 GiB<br><em>tight from 121</em><br><em>oom from 151</em></td>',
  )
  expect(text).toContain('A thick line: the risk changes there')
  expect(text.match(/cross-/g)).toHaveLength(1)
})

it('changes along the second axis are at the left of a cell', () => {
  const across: RiskChange = {
    ...{ axis: 'host.memory', other: 200, exact: false },
    from: { value: 8 * gib, risk: 'oom' },
    to: { value: 16 * gib, risk: 'safe' },
  }
  const [first, second, third] = points
  const last: SweepPoint = { at: [200, 16 * gib], values: [2 * gib], risk: 'safe' }
  if (first === undefined || second === undefined || third === undefined) throw new Error('points')
  const text = htmlText(heatMap(head, [first, second, third, last], [across]))
  expect(text).toContain(
    '<td class="safe cross-across"><strong>safe</strong><br>2.0 GiB<br><em>safe at 16 GiB',
  )
})
