import { expect, it } from 'vitest'
import { explainPostmortem } from '../../../src/plan/explain/explain-postmortem.ts'
import { gib } from '../../build.ts'
import { fullOf, postmortem } from '../postmortem/reports.ts'

const explanations = explainPostmortem(
  postmortem({
    report: `${fullOf}, free: 1 GiB, pageTables: 40 GiB, shared: 16 GiB }, killed: [{ process: oracle, pid: 7, anonymous: 2 MiB, pageTables: 32 MiB }]`,
  }),
)

function explained(path: string) {
  return explanations.find((one) => one.path === `postmortem.${path}`)
}

it('adds up the memory of an out-of-memory report from its lines', () => {
  expect(explained('memory.totalBytes')).toMatchObject({
    // Page tables, shared, the rest, free.
    substituted: '42,949,672,960 + 17,179,869,184 + 7,516,192,768 + 1,073,741,824',
    value: 64 * gib,
  })
})

it('works out only what no counter has', () => {
  expect(explained('memory.lines.page-tables')).toMatchObject({
    formula: 'as counted',
    substituted: '42,949,672,960',
  })
  expect(explained('memory.lines.unlisted')).toMatchObject({
    substituted: '68,719,476,736 − (42,949,672,960 + 17,179,869,184 + 1,073,741,824)',
    value: 7 * gib,
  })
})

it('adds up what a kill gave back', () => {
  expect(explained('killed.0.freedBytes')).toMatchObject({
    substituted: '2,097,152 + 33,554,432',
    value: 35_651_584,
  })
})

it('has nothing to say without a report', () => {
  expect(explainPostmortem(undefined)).toEqual([])
})
