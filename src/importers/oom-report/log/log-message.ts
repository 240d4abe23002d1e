/** What the kernel said in a line of a log, and when by the log's own words. */
export interface LogMessage {
  readonly text: string
  /** As the log has it: `Mar 12 03:14:07`, `8126401.113702`; empty where it has none. */
  readonly stamp: string
}

/**
 * The message of a line, without what dmesg, journalctl, syslog or a serial console put before it:
 * `<4>`, `kern  :warn  : `, `[seconds]`, `[date]`, `[T123]`, a date, a host and `kernel: `.
 */
export function messageOf(line: string): LogMessage {
  const plain = plainly(line)
  let at = 0
  let stamp = ''
  for (;;) {
    const found = prefixAt(plain, at)
    if (found === undefined) break
    at = found.end
    if (found.stamp !== undefined && stamp === '') stamp = found.stamp
  }
  return { text: plain.slice(at).trim(), stamp }
}

/** Without colours, numbers of `cat -n` and tabs, which a copied table has between its columns. */
function plainly(line: string): string {
  const plain = line.includes(introducer) ? line.replace(colours, '') : line
  return plain.includes('\t') ? plain.replace(/^ *\d{1,9}\t/, '').replaceAll('\t', ' ') : plain
}

interface Prefix {
  readonly end: number
  readonly stamp?: string
}

function prefixAt(line: string, start: number): Prefix | undefined {
  let at = start
  while (line[at] === ' ' || line[at] === '>') at += 1
  const first = line[at]
  if (first === undefined) return undefined
  if (first === '[') return bracketAt(line, at)
  if (first === '<') return matched(levels, line, at)
  return matched(others, line, at) ?? dateAt(line, at) ?? beforeSeconds(line, at)
}

/** `<4>`, or `<4>1 ` of RFC 5424. */
const levels = /<\d{1,3}>(?:1 (?=\d{4}-))?/y
/** dmesg --decode, grep -n, the log of a container on its node. */
const others = /kern\s*:[a-z]+\s*: ?|\d{1,9}:(?=\[)|std(?:out|err) [FP] /y

function matched(form: RegExp, line: string, at: number): Prefix | undefined {
  form.lastIndex = at
  return form.test(line) ? { end: form.lastIndex } : undefined
}

/** A bracket with a time or a caller in it; that of a task holds only its process id. */
function bracketAt(line: string, at: number): Prefix | undefined {
  const end = line.indexOf(']', at)
  if (end < 0 || end - at > longestStamp) return undefined
  const inside = line.slice(at + 1, end).trim()
  if (/^[TC]\d+$/.test(inside)) return { end: end + 1 }
  const isTime = /^[<+ ]*\d+[.]\d+>?$|\d\d:\d\d/.test(inside)
  return isTime ? { end: end + 1, stamp: inside } : undefined
}

const longestStamp = 48

/** Whatever a console server or a hypervisor wrote before the time that the kernel prints. */
function beforeSeconds(line: string, at: number): Prefix | undefined {
  if (line.indexOf('[', at) < 0) return undefined
  const found = /\[ {0,11}\d{1,10}[.]\d{6}\](?=[\s[])/.exec(line.slice(at, at + longestPrefix))
  return found === null ? undefined : { end: at + found.index }
}

/**
 * A date at the start, and the host and `kernel: ` behind it. The name of a month may be in any
 * language: then only `kernel: ` tells where the message begins.
 */
function dateAt(line: string, at: number): Prefix | undefined {
  for (const form of dates) {
    form.lastIndex = at
    const [whole, stamp] = form.exec(line) ?? []
    if (whole === undefined || stamp === undefined) continue
    const end = at + whole.length
    return { end: matched(senders, line, end)?.end ?? end, stamp }
  }
  const sender = line.slice(at, at + longestPrefix).indexOf('kernel: ')
  if (sender < 0) return undefined
  const before = line.slice(at, at + sender).trim()
  return /^\S*$/.test(before) || /\d\d:\d\d/.test(before)
    ? { end: at + sender + 'kernel: '.length, ...(before.includes(':') ? { stamp: before } : {}) }
    : undefined
}

const longestPrefix = 160

const dates = [
  // RFC 5424, rsyslog, journalctl -o short-iso, dmesg --time-format iso.
  /(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?[A-Z]{1,5}|[+-]\d\d:?\d\d)?)\s+/y,
  // RFC 3164, journalctl; with a weekday and a year: journalctl -o short-full, `date`.
  /((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:[.]\d{1,9})?)\s+/y,
  /([A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[.]\d{1,9})? [A-Z]{1,5})\s+/y,
  // journalctl -o short-unix.
  /(\d{9,11}[.]\d{6})\s+/y,
]

/** `db1 kernel: `, `db1 kernel[0]: `, `db1 kern.warn kernel: `, and `db1 kernel - - - ` of RFC 5424. */
const senders =
  /(?:\S{1,255} ){0,2}kernel(?:\[\d+\])?(?:: ?| [\w.-]{1,128} [\w.-]{1,32} (?:-|\[[^\]]{0,200}\]) )/y

/** Colours of `dmesg --color=always`. */
const introducer = String.fromCharCode(27)
const colours = new RegExp(`${introducer}\\[[\\d;]*m`, 'g')
