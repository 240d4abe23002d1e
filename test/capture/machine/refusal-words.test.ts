import { describe, expect, it } from 'vitest'
import {
  faultWords,
  refusalSentence,
  unusableWords,
} from '../../../src/capture/machine/refusal-words.ts'

describe('a refusal', () => {
  it('is a sentence about the path, with what the system called it', () => {
    const refusal = { ok: false, path: 'proc/1/smaps', reason: 'failed', detail: 'EIO' } as const
    expect(refusalSentence(refusal)).toBe('/proc/1/smaps could not be read (EIO)')
  })
})

describe('a fault', () => {
  it('is said with its numbers', () => {
    expect(faultWords({ kind: 'fewer-mappings', mappings: 3, listed: 5 })).toBe(
      'is cut off and is ignored: it has 3 mappings, maps has 5',
    )
    expect(faultWords({ kind: 'none-fits', processes: 1 })).toBe(
      'the only process does not match the selection',
    )
  })

  it('in MemTotal names the file', () => {
    const fault = { kind: 'twice', key: 'MemTotal' } as const
    expect(faultWords({ kind: 'mem-total', fault })).toBe('/proc/meminfo: MemTotal appears twice')
  })

  it('names the line that shows it', () => {
    expect(unusableWords({ fault: { kind: 'strange-line' }, place: 'line 3, "x"' })).toBe(
      'holds an invalid line: line 3, "x"',
    )
  })
})
