import { expect, test } from 'vitest'
import { plan } from '../../src/plan/plan.ts'
import { timeline } from '../../src/plan/timeline/timeline.ts'
import { timelineCsv, timelineMarkdown } from '../../src/render/formats/timeline-formats.ts'
import { renderScreen } from '../../src/render/screen/screen.ts'
import { renderTimeline } from '../../src/render/timeline.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'

const reading = readScenario(
  `version: 1
name: overlap
host: { memory: 8 GB, hugepages: { 2 MiB: 10 } }
regions: { sga: { size: 1 GB, mshare: true } }
groups:
  owner: { processes: 1, baseTables: 0 B, maps: [{ region: sga }] }
  clients: { processes: 1, baseTables: 0 B, maps: [{ region: sga }] }
timeline:
  - { name: "new\\u001b[31m", start: { clients: 2 }, pool: { 2 MiB: 0 } }
  - { stop: { owner: 1 } }
`,
  'overlap.yaml',
)
if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
const { workload } = reading
const result = timeline(workload, reading, ['as-described'])
const ink = { color: false, unicode: true, width: 80 }

test('prints each step with what happens, the peak, and bars', () => {
  const text = renderTimeline(result, { withChart: true }, ink)
  expect(text).toContain('Page tables peak at 2.0 MiB, at step 1')
  expect(text).toContain('2 processes of clients start; the pool of 2 MiB pages is set to 0.')
  expect(text).toContain('Its owner ended: sga is unmapped for all (3')
  expect(text).toMatch(/^1 │█+ 2\.0 MiB$/m)
  expect(text).not.toContain('\u001b')
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('prints no bars where none are wanted, and ASCII where nothing else may be', () => {
  expect(renderTimeline(result, { withChart: false }, ink)).not.toContain('█')
  const plain = renderTimeline(result, { withChart: true }, { ...ink, unicode: false })
  expect([...plain].every((letter) => letter <= '~')).toBe(true)
})

test('the screen of a plan says the peak in one sentence', () => {
  const text = renderScreen(plan(workload, reading), ink)
  expect(text).toContain('Timeline: page tables peak at 2.0 MiB at step 1')
})

test('is a row for each step in CSV, and a table in Markdown', () => {
  const rows = [...timelineCsv(result)].join('').trimEnd().split('\r\n')
  expect(rows).toHaveLength(4)
  expect(rows[1]).toContain(',0,,2,as-described,proposed,')
  expect(timelineMarkdown(result).join('')).toContain('| Step | Processes | Page tables |')
})

test('says the worst in words, not by the id of its level', () => {
  const growing = readScenario(
    `version: 1
name: growing
host: { memory: 8 GB }
groups: { clients: { processes: 1, private: 1 GB } }
timeline: [{ start: { clients: 20 } }]
`,
    'growing.yaml',
  )
  if (!growing.ok) throw new Error(JSON.stringify(growing.issues))
  const grown = timeline(growing.workload, growing, ['as-described'])
  const text = renderTimeline(grown, { withChart: false }, ink)
  expect(text).toContain('Worst: out of memory, at step 1.')
})
