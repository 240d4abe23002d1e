import { messageOf } from './log-message.ts'
import { bootMemoryIn, releaseIn } from './machine-lines.ts'
import { present } from './present.ts'
import type { OomReport } from './report.ts'
import type { ReportDraft } from './report-draft.ts'
import { draftOf, openingOf } from './report-draft.ts'

/** What a log says besides its reports. */
export interface LogReading {
  readonly reports: number
  /** Memory by the boot messages, in KiB. */
  readonly bootKib?: number
}

/**
 * Reads all reports of a log, one after another: each is handed over and forgotten, so that a large log
 * takes the memory of one. Never throws, whatever the log says.
 */
export function readReports(text: string, take: (report: OomReport) => void): LogReading {
  const reader = readerOf(take)
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const end = feed < 0 ? text.length : feed
    if (end > at && end - at <= longestLine) readLine(text.slice(at, end), at, reader)
    at = end + 1
  }
  return reader.end()
}

/** Longer lines are no messages of the kernel: LOG_LINE_MAX is 1024, and stamps of others come before. */
const longestLine = 16_384

function readLine(line: string, offset: number, reader: Reader): void {
  const { text, stamp } = messageOf(line)
  if (text === '') return
  // rsyslog writes a line feed inside a message as #012.
  const parts = text.includes('#012') ? text.split('#012') : [text]
  for (const part of parts) if (part !== '') reader.line(part, offset, stamp)
}

interface Reader {
  readonly line: (line: string, offset: number, stamp: string) => void
  readonly end: () => LogReading
}

function readerOf(take: (report: OomReport) => void): Reader {
  let reports = 0
  let bootKib: number | undefined
  let release: string | undefined
  let open: ReportDraft | undefined
  const finish = (): void => {
    const report = open?.report()
    open = undefined
    if (report === undefined) return
    reports += 1
    take(report)
  }
  return {
    line: (line, offset, stamp) => {
      const begun = openingOf(line)
      if (begun !== undefined || open?.isOver(line)) finish()
      open ??= draftOf({ offset, stamp, ...present({ release }) })
      if (begun === undefined) open.take(line)
      else open.open(begun)
      bootKib = bootMemoryIn(line) ?? bootKib
      if (line.startsWith('Linux version ')) release = releaseIn(line) ?? release
    },
    end: () => {
      finish()
      return { reports, ...present({ bootKib }) }
    },
  }
}
