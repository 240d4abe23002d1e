import { describe, expect, it } from 'vitest'
import { shortOf, uncut } from '../../../src/capture/machine/cut-off.ts'

function spaceWith(mappings: number, end: number, stackEnd?: number) {
  const counts = { print: 7, anonymous: 0, privateSwap: 0, copied: 0, frames: 10 }
  const stack = stackEnd === undefined ? {} : { stackEnd }
  const space = { ...counts, ...stack, mappings, end, mapped: [], counted: true }
  return { space, privates: [], highest: end, left: 0 }
}
const status = { comm: 'x', parent: 1, uid: 0, gid: 0, threads: 1, print: '' }

describe('smaps that ends between two mappings', () => {
  it('is cut off where maps reaches further', () => {
    expect(uncut(spaceWith(1, 10), spaceWith(2, 20))).toEqual({
      fault: { kind: 'fewer-mappings', mappings: 1, listed: 2 },
    })
    const whole = spaceWith(2, 20)
    expect(uncut(whole, spaceWith(2, 20))).toBe(whole)
  })

  it('may be cut off with less than VmSize, unless it has the stack', () => {
    expect(shortOf(spaceWith(1, 10), { ...status, size: 44 })).toEqual({
      kind: 'no-stack',
      kib: 40,
      sizeKib: 44,
    })
    expect(shortOf(spaceWith(1, 10), { ...status, size: 40 })).toBeUndefined()
    expect(shortOf(spaceWith(1, 10, 10), { ...status, size: 44 })).toBeUndefined()
  })
})
