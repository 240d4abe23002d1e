import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refusalOf } from './node-failure.ts'
import type { Refusal, Scratch } from './world.ts'

/** A file in the directory for temporary files. Its name is removed at once: nothing can be left behind. */
export function openScratch(): Scratch | Refusal {
  const parent = tmpdir()
  try {
    const folder = mkdtempSync(join(parent, 'mshare-plan-'))
    try {
      return scratchOn(openSync(join(folder, 'scratch'), 'wx+', 0o600), parent)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  } catch (error) {
    return refusalOf(parent, error)
  }
}

function scratchOn(descriptor: number, parent: string): Scratch {
  return {
    ok: true,
    append: (bytes) => {
      try {
        for (let left = bytes; left.length > 0; ) left = left.subarray(writeSync(descriptor, left))
        return undefined
      } catch (error) {
        return refusalOf(parent, error)
      }
    },
    read: (offset, length) => {
      const bytes = new Uint8Array(length)
      let known = 0
      while (known < length) {
        const more = readSync(descriptor, bytes, known, length - known, offset + known)
        if (more === 0) throw new Error('the temporary file is shorter than what was written to it')
        known += more
      }
      return bytes
    },
    close: () => closeSync(descriptor),
  }
}
