import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { refusalOf } from './node-failure.ts'
import { kindOf, readFile } from './node-files.ts'
import type { Input, Refusal } from './world.ts'

/** A regular file, a pipe where it may be one, or standard input by the name `-`, part by part. */
export function openInput(path: string, mayBePipe?: true): Input | Refusal {
  if (path === '-') return openStandardInput()
  const isPipe = mayBePipe === true && isFifo(path)
  if (kindOf(path) !== 'file' && !isPipe) {
    // It says why not, in the words that it has for every file.
    const refusal = readFile(path, 0)
    if (!refusal.ok) return refusal
  }
  try {
    return partsOf(path, openSync(path, 'r'))
  } catch (error) {
    return refusalOf(path, error)
  }
}

const partBytes = 64 * 1024

function partsOf(path: string, descriptor: number): Input {
  let isOpen = true
  return {
    ok: true,
    next: async () => {
      if (!isOpen) return undefined
      try {
        const part = Buffer.allocUnsafe(partBytes)
        const length = readSync(descriptor, part)
        return length === 0 ? undefined : part.subarray(0, length)
      } catch (error) {
        return refusalOf(path, error)
      }
    },
    close: () => {
      if (isOpen) closeSync(descriptor)
      isOpen = false
    },
  }
}

/** Its writer may be waited for; a device is never read. */
function isFifo(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false
}

/** Node reads a folder as an input that is empty. */
function folderAsInput(): Refusal | undefined {
  try {
    return fstatSync(0).isDirectory() ? { ok: false, path: '-', reason: 'folder' } : undefined
  } catch {
    return undefined
  }
}

function openStandardInput(): Input | Refusal {
  const refusal = folderAsInput()
  if (refusal !== undefined) return refusal
  const parts: AsyncIterator<Buffer> = process.stdin[Symbol.asyncIterator]()
  return {
    ok: true,
    next: async () => {
      try {
        const { value, done } = await parts.next()
        return done ? undefined : value
      } catch (error) {
        return refusalOf('-', error)
      }
    },
    // Leaving the iteration closes standard input.
    close: () => void parts.return?.(),
  }
}
