import type { LocatedFlaw, Source } from '../../scenario/yaml/yaml-tree.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { GivenOptions, Imported, StatingImporter } from '../importer.ts'
import type { Library } from '../library.ts'
import { hostMemory } from './host-memory.ts'
import { chooser } from './log/choose-report.ts'
import type { LogReading } from './log/read-reports.ts'
import { readReports } from './log/read-reports.ts'
import type { OomReport } from './log/report.ts'
import { remarkOn } from './remarks.ts'
import { scenarioOf } from './scenario.ts'
import { withKilled } from './unlisted-killed.ts'

export const oomReport: StatingImporter = {
  importFile: importOomReport,
  statesMemory: true,
  takesLogs: true,
  fileName: /^(?:dmesg|messages|kern[.]log|syslog|journal)\b/,
  content:
    /invoked oom-killer:|oom-kill:constraint=CONSTRAINT_|(?:^|[\s:])(?:Memory cgroup out|Out) of memory(?::| and no killable)|Killed process \d+ \(|\bpid\s*\]\s+uid\s+tgid\s+total_vm\b/m,
}

/** Makes a scenario of a kernel log with a report of the out-of-memory killer. */
export function importOomReport(path: string, library: Library, options: GivenOptions): Imported {
  const read = library.read(path)
  const main: Source = { file: path, text: read.ok ? read.text : '' }
  if (!read.ok) return refused(main, { message: `cannot read ${path}: ${read.why}` }, true)
  const choice = chooser(options.report)
  const log = readReports(read.text, choice.show)
  const chosen = choice.chosen()
  if (chosen === undefined) return refused(main, noReport(read.text, log, options.report))
  const report = withKilled(chosen.report)
  const spot = { source: main, offset: report.offset }
  if (saysNothing(report)) return { ok: false, flaws: [{ ...withoutTasks, spot }] }
  if (isNarrow(report)) return { ok: false, flaws: [{ ...narrow, spot }] }
  try {
    const findings = {
      chosen: { ...chosen, report },
      log,
      ...(options.memory === undefined ? {} : { memory: options.memory }),
    }
    const memory = hostMemory(findings)
    if (memory === undefined) return { ok: false, flaws: [{ ...withoutMemory, spot }] }
    const annotated = scenarioOf(findings, memory)
    annotated.decidedBy([], spot)
    remarkOn(annotated, path, findings.chosen, log.reports, options.report !== undefined)
    return { ok: true, annotated }
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    return { ok: false, flaws: [{ message: `${error.quantity} is past 2^53 − 1 bytes`, spot }] }
  }
}

/** Neither processes nor counters of memory. */
function saysNothing({ dump, memory, cgroup }: OomReport): boolean {
  return dump.tasks.length === 0 && memory.counters.size === 0 && cgroup?.usage === undefined
}

/** By its zone of high memory, or the name of its release. */
function isNarrow({ memory, release = '' }: OomReport): boolean {
  return (
    memory.zones.some(({ name }) => name === 'HighMem') ||
    /[.-](?:i?[3-6]86|armv[5-7]|armmp|armhf)\b/.test(release)
  )
}

type Words = Omit<LocatedFlaw, 'spot'>

function refused(source: Source, words: Words, unread = false): Imported {
  const spot = { source, offset: 0 }
  return { ok: false, flaws: [{ ...words, spot, ...(unread ? { unread: true } : {}) }] }
}

const wanted = 'the lines from `invoked oom-killer` to `Killed process`'

function noReport(text: string, { reports }: LogReading, asked: number | undefined): Words {
  if (asked !== undefined && reports > 0) {
    return {
      message: `there is no report ${asked}: the log has ${reports}`,
      expected: `--report with a number from 1 to ${reports}`,
    }
  }
  const message = 'the log has no report of the out-of-memory killer'
  if (/systemd-oomd\b/.test(text)) {
    return {
      message,
      expected: wanted,
      suggestion:
        'systemd-oomd kills by pressure before memory runs out, and lists no processes: run mshare-plan capture on the machine',
    }
  }
  return { message, expected: wanted, suggestion: whereLogsAre }
}

const whereLogsAre =
  'journalctl -k -b -1 has the kernel log before the last start, /var/log/messages and kern.log older ones'

const withoutTasks: Words = {
  message: 'the report has neither processes nor memory',
  expected: wanted,
  suggestion:
    'a report in full may be earlier in the log; vm.oom_dump_tasks = 1 lists processes the next time',
}

const narrow: Words = {
  message: 'the report is of a 32-bit kernel, whose page tables are not modelled',
  expected: 'the log of a 64-bit kernel',
}

const withoutMemory: Words = {
  message: 'the report does not say how much memory the machine has: Mem-Info is missing',
  expected: '--memory SIZE, for example --memory 512GB',
}
