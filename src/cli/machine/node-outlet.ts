import { fstatSync, writeSync } from 'node:fs'
import { codeOf, refusalOf } from './node-failure.ts'
import type { OutputStream, Refusal } from './world.ts'

/**
 * Standard output or standard error. Files and pipes are written at once: Node's stream takes 4 ms
 * to open, and only a terminal needs it. A reader that went away (`| head`) has seen enough: what is
 * still written to it is dropped.
 */
export function outletOn(
  descriptor: number,
  stream: () => NodeJS.WriteStream,
  name: string,
): OutputStream {
  let opened: NodeJS.WriteStream | undefined
  let isClosed = false
  const open = (): NodeJS.WriteStream => {
    // The callback of write reports the failure; without a listener the event would end the program.
    opened ??= stream().on('error', () => {})
    return opened
  }
  const isTerminal = (): boolean => mayBeTerminal(descriptor) && open().isTTY === true
  const refused = (error: unknown): Refusal | undefined => {
    if (codeOf(error) !== 'EPIPE') return refusalOf(name, error)
    isClosed = true
    return undefined
  }
  const writeToStream = (bytes: Uint8Array): Promise<Refusal | undefined> =>
    new Promise((settle) => {
      open().write(bytes, (error) => settle(error ? refused(error) : undefined))
    })
  return {
    get isTerminal() {
      return isTerminal()
    },
    get columns() {
      return isTerminal() ? open().columns : undefined
    },
    get isClosed() {
      return isClosed
    },
    write: async (text) => {
      let left = new TextEncoder().encode(text)
      if (isTerminal()) return writeToStream(left)
      try {
        while (left.length > 0) left = left.subarray(writeSync(descriptor, left))
        return undefined
      } catch (error) {
        // A full pipe that does not block: the stream waits until there is room.
        return codeOf(error) === 'EAGAIN' ? writeToStream(left) : refused(error)
      }
    },
  }
}

/** The major number of /dev/null and /dev/full, which are no terminals. */
const memoryDevices = 1

function mayBeTerminal(descriptor: number): boolean {
  const stats = fstatSync(descriptor)
  return stats.isCharacterDevice() && Math.floor(stats.rdev / 256) !== memoryDevices
}
