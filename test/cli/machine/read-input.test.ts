import { expect, test } from 'vitest'
import { readInput } from '../../../src/cli/machine/read-input.ts'
import type { Input, Refusal } from '../../../src/cli/machine/world.ts'

/** Standard input in parts, the last of which may be why there are no more; and how often it was closed. */
function inputIn(...parts: readonly (string | Refusal)[]) {
  const left = [...parts]
  let closed = 0
  const tell = (): void => {
    closed += 1
  }
  const next = async () => {
    const part = left.shift()
    return typeof part === 'string' ? new TextEncoder().encode(part) : part
  }
  const input: Input = { ok: true, next, close: () => tell() }
  return { openInput: () => input, closed: () => closed, left: () => left.length }
}

test('standard input is read to its end, and closed', async () => {
  const input = inputIn('one ', 'two')
  expect(await readInput(input, 7)).toEqual({ ok: true, content: Buffer.from('one two') })
  expect(input.closed()).toBe(1)
})

test('more of it than may be is not read, and the writer is told to stop', async () => {
  const input = inputIn('one ', 'two', 'three')
  expect(await readInput(input, 6)).toEqual({ ok: false, path: '-', reason: 'too-large' })
  expect([input.closed(), input.left()]).toEqual([1, 1])
})

test('what keeps it from being read is said, at once or on the way', async () => {
  const refusal = { ok: false, path: '-', reason: 'folder' } as const
  expect(await readInput({ openInput: () => refusal }, 6)).toBe(refusal)
  const input = inputIn('one ', refusal)
  expect(await readInput(input, 6)).toBe(refusal)
  expect(input.closed()).toBe(1)
})
