import { utcText } from '../../../units/date/utc-text.ts'
import { carriedIn } from './carried.ts'
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
  const lines = linesTo(reader)
  // A serial console that was recorded as it was may have carriage returns only.
  const ending = text.includes('\n') ? '\n' : '\r'
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf(ending, at)
    const end = feed < 0 ? text.length : feed
    if (end > at && end - at <= longestLine) lines(text.slice(at, end), at)
    at = end + 1
  }
  return reader.end()
}

/** Longer lines are no messages of the kernel: LOG_LINE_MAX is 1024, and stamps of others come before. */
const longestLine = 16_384

/** Takes messages out of what carries them; a time may have a line of its own before its message. */
function linesTo(reader: Reader): (line: string, offset: number) => void {
  let pending = ''
  return (line, offset) => {
    const carried = carriedIn(line)
    if (carried?.stamp !== undefined) pending = carried.stamp
    if (carried !== undefined && carried.text === undefined) return
    for (const part of linesOf(carried?.text ?? line)) readLine(part, offset, pending, reader)
    if (carried !== undefined) pending = ''
  }
}

/**
 * Counters of Mem-Info and of a cgroup are one message of several lines. rsyslog writes a line feed in a
 * message as #012, others as they would in a program.
 */
function linesOf(text: string): readonly string[] {
  const isOne = !text.includes('\n') && !text.includes('#012') && !text.includes('\\n')
  return isOne ? [text] : text.split(/\n|#012|\\n(?=\s?[a-z_]{3,40}[ :]\d)/)
}

function readLine(line: string, offset: number, carriedStamp: string, reader: Reader): void {
  const { text, stamp } = messageOf(line)
  if (text !== '') reader.line(text, offset, stamp === '' ? carriedStamp : readable(stamp))
}

/** journalctl -o short-unix counts seconds since 1970; dmesg since the start, which are fewer. */
function readable(stamp: string): string {
  return /^\d{10}[.]\d{6}$/.test(stamp) ? utcText(Math.floor(Number(stamp))) : stamp
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
  let previous = ''
  const finish = (): void => {
    const report = open?.report()
    open = undefined
    if (report === undefined) return
    reports += 1
    take(report)
  }
  return {
    line: (line, offset, stamp) => {
      // syslog may have a message of the console and of the journal.
      if (line === previous) return
      previous = line
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
