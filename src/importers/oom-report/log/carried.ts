import { utcText } from '../../../units/date/utc-text.ts'

/** What a container of messages has of one: both may be on a line, or each on its own. */
export interface Carried {
  /** The message, with line feeds where it has several lines. */
  readonly text?: string
  /** When it was written, as {@link LogMessage.stamp}. */
  readonly stamp?: string
}

/**
 * What a line holds of a message that JSON, the export format of the journal or /dev/kmsg carries;
 * `undefined` where it is plain text.
 */
export function carriedIn(line: string): Carried | undefined {
  const found = starts.exec(line)
  if (found === null) return undefined
  const first = found[0].at(-1) ?? ''
  if (first === '"' || first === '{') return jsonIn(line, first)
  return first >= '0' && first <= '9' ? recordIn(line) : fieldIn(line)
}

/** Any of them begins like this; the messages of the kernel hardly do. */
const starts = /^[\s,[]{0,64}(?:data: )?(?:["{]|MESSAGE=|__REALTIME_TIMESTAMP=|\d)/

/** Keys of the text: journalctl -o json, dmesg --json, Docker and Fluentd, Google Cloud. */
const textKey = /"(?:MESSAGE|message|msg|log|textPayload)"\s{0,8}:\s{0,8}/
/** Microseconds since 1970, or seconds since the start. */
const timeKeys =
  /"__REALTIME_TIMESTAMP"\s{0,8}:\s{0,8}"(\d{15,17})"|"time"\s{0,8}:\s{0,8}(\d{1,9}[.]\d{6})\b/

function jsonIn(line: string, first: string): Carried | undefined {
  const key = textKey.exec(line)
  const [, micros, seconds] = timeKeys.exec(line) ?? []
  const stamp = micros === undefined ? seconds : unixText(micros)
  const start = key === null ? line.indexOf('"') : key.index + key[0].length
  // A list of strings: what Ansible registers as stdout_lines.
  const isLone =
    key === null && first === '"' && /^,?\s*$/.test(line.slice(endOfString(line, start)))
  const text = key !== null || isLone ? valueAt(line, start) : undefined
  if (text === undefined && stamp === undefined) return undefined
  return { ...(text === undefined ? {} : { text }), ...(stamp === undefined ? {} : { stamp }) }
}

/** A string, or the bytes of one that is no UTF-8: then the journal writes numbers. */
function valueAt(line: string, start: number): string | undefined {
  const end = line[start] === '[' ? line.indexOf(']', start) + 1 : endOfString(line, start)
  if (end <= start) return undefined
  try {
    const value: unknown = JSON.parse(line.slice(start, end))
    if (typeof value === 'string') return value
    return isBytes(value) ? new TextDecoder().decode(Uint8Array.from(value)) : undefined
  } catch {
    return undefined
  }
}

function isBytes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number')
}

/** Behind the closing quotation mark; `start` if it is missing. */
function endOfString(line: string, start: number): number {
  if (line[start] !== '"') return start
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1
    else if (line[at] === '"') return at + 1
  }
  return start
}

/** journalctl -o export, -o verbose: a field a line. */
function fieldIn(line: string): Carried {
  const at = line.indexOf('=')
  const value = line.slice(at + 1)
  return line.slice(0, at).trim() === 'MESSAGE' ? { text: value } : { stamp: unixText(value) }
}

/**
 * A record of /dev/kmsg or of extended netconsole, which may put the release before it:
 * `4,1000,8126401113702,-,caller=T1;message` (Documentation/ABI/testing/dev-kmsg). Time is in microseconds.
 */
function recordIn(line: string): Carried | undefined {
  const head = /^(?:\d[\w.+~-]{0,80},)?\d{1,4},\d{1,20},(\d{1,16}),[^;]{1,120};/.exec(line)
  if (head === null) return undefined
  const [whole, micros = ''] = head
  const padded = micros.padStart(7, '0')
  const stamp = `${padded.slice(0, -6)}.${padded.slice(-6)}`
  return { stamp, text: line.slice(whole.length).replaceAll('\\x0a', '\n') }
}

function unixText(micros: string): string {
  return utcText(Math.floor(Number(micros) / 1_000_000))
}
