import { describe, expect, it } from 'vitest'
import { readText, textSink } from '../../../src/capture/machine/text-sink.ts'
import { memoryTree } from '../memory-tree.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a small text', () => {
  it('is put together, also where a character is cut, and keeps what the next piece overwrites', () => {
    const sink = textSink(10)
    const piece = bytesOf('é')
    sink.take(piece.subarray(0, 1))
    const rest = piece.slice(1)
    sink.take(rest)
    rest.fill(0)
    expect(sink.text()).toBe('é')
  })

  it('is absent where it is longer than allowed, and no more is wanted', () => {
    const sink = textSink(3)
    expect(sink.take(bytesOf('abc'))).toBe(false)
    expect(sink.take(bytesOf('d'))).toBe(true)
    expect(sink.text()).toBeUndefined()
  })

  it('of a tree is refused where it is missing or too large', () => {
    const tree = memoryTree(new Map([['proc/meminfo', bytesOf('MemTotal')]]), '')
    expect(readText(tree, 'proc/meminfo')).toBe('MemTotal')
    expect(readText(tree, 'proc/none')).toMatchObject({ reason: 'missing' })
    expect(readText(tree, 'proc/meminfo', 3)).toMatchObject({ detail: 'larger than 3 bytes' })
  })
})
