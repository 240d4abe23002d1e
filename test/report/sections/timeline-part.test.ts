import { expect, it } from 'vitest'
import { textOf } from '../../../src/report/markup/markup.ts'
import { changedScenario, planChanged } from '../../../src/report/scenario/replan.ts'
import { timelinePart } from '../../../src/report/sections/timeline-part.ts'
import { reported, server } from '../entries.ts'

it('has page tables and headroom after each step, and marks the peak', async () => {
  const { entry } = await reported(`${server}timeline:
  - { name: clients come back, start: { clients: 200 } }
  - stop: { clients: 250 }
`)
  const changed = changedScenario(entry, [])
  if (!changed.ok) throw new Error('invalid')
  const { result } = planChanged(changed)
  const { workload } = changed
  const part = timelinePart({ result, workload, strategy: 'as-described' })
  const text = part.map(textOf).join(' ')
  expect(text).toContain('Timeline, as-described')
  expect(text).toContain('Page tables peak at 38.1 GiB, at step 1, clients come back.')
  expect(text).toMatch(
    /1, clients come back\s+200 processes of clients start[.]\s+304\s+~38.1 GiB \(peak\)/,
  )
  expect(text.match(/\(peak\)/g)).toHaveLength(1)
})
