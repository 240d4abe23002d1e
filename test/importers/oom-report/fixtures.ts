import { readFileSync } from 'node:fs'
import type { ImportRequest } from '../../../src/importers/import-scenario.ts'
import { importScenario } from '../../../src/importers/import-scenario.ts'
import { readReports } from '../../../src/importers/oom-report/log/read-reports.ts'
import type { OomReport } from '../../../src/importers/oom-report/log/report.ts'
import { plan } from '../../../src/plan/plan.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

export const oracleLog = 'oracle-sga-300g-5.4.dmesg.txt'
export const postgresLog = 'postgresql-3.10.messages.txt'
export const webLog = 'web-server-4.18.journal.txt'
export const podLog = 'postgresql-pod-5.15.kern.log'
export const javaLog = 'java-idle-pool-6.8.dmesg-T.txt'
/** Printed by a kernel; the others are written by hand. */
export const realLog = 'sparse-cgroup-6.18.dmesg.txt'
export const logs: readonly string[] = [
  ...[oracleLog, postgresLog, webLog, podLog, javaLog],
  realLog,
]

/** The text of a report of test/fixtures/oom-reports. */
export function logText(name: string): string {
  return readFileSync(new URL(`../../fixtures/oom-reports/${name}`, import.meta.url), 'utf8')
}

export function reportsIn(text: string): readonly OomReport[] {
  const reports: OomReport[] = []
  readReports(text, (report) => reports.push(report))
  return reports
}

export function firstReport(text: string): OomReport {
  const [report] = reportsIn(text)
  if (report === undefined) throw new Error('no report was read')
  return report
}

/** The scenario of a log, as YAML. */
export function imported(text: string, request: ImportRequest = {}): string {
  const made = importScenario('log', { log: text }, { kind: 'oom-report', ...request })
  if (!made.ok) throw new Error(JSON.stringify(made.issues))
  return made.text
}

/** What is wrong with a log. */
export function refusal(text: string, request: ImportRequest = {}) {
  const made = importScenario('log', { log: text }, { kind: 'oom-report', ...request })
  if (made.ok) throw new Error('it was imported')
  return made.issues
}

/** A log as it is planned. */
export function planned(text: string) {
  const read = readScenario(imported(text), 'log.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  const [described] = plan(read.workload, read).strategies
  if (!described?.applies) throw new Error('it is not planned')
  return { workload: read.workload, described }
}
