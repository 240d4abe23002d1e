import { expect, it } from 'vitest'
import { chooser } from '../../../../src/importers/oom-report/log/choose-report.ts'
import type { OomReport } from '../../../../src/importers/oom-report/log/report.ts'
import { firstReport, javaLog, logText, oracleLog, podLog, webLog } from '../fixtures.ts'

const chosen = (reports: readonly OomReport[], asked?: number) => {
  const choice = chooser(asked)
  for (const report of reports) choice.show(report)
  return choice.chosen()?.number
}
const [pod, web, oracle, java] = [podLog, webLog, oracleLog, javaLog].map((name) =>
  firstReport(logText(name)),
)

it('most page tables decide, and the machine goes before a cgroup', () => {
  if (pod === undefined || web === undefined || oracle === undefined || java === undefined)
    return expect.fail()
  expect(chosen([web, oracle, java])).toBe(2)
  // The cgroup has 24 times the page tables of the web server.
  expect(chosen([pod, web])).toBe(2)
  expect(chosen([pod])).toBe(1)
  expect(chosen([])).toBeUndefined()
})

it('a report without processes is only taken where there is no other', () => {
  if (oracle === undefined || java === undefined) return expect.fail()
  const bare = { ...oracle, dump: { ...oracle.dump, tasks: [] } }
  expect(chosen([java, bare])).toBe(1)
  expect(chosen([bare])).toBe(1)
})

it('of equal ones it is the last, and the one that was asked for before all', () => {
  if (java === undefined || oracle === undefined) return expect.fail()
  expect(chosen([java, java])).toBe(2)
  expect(chosen([oracle, java], 2)).toBe(2)
  expect(chosen([oracle, java], 3)).toBeUndefined()
})
