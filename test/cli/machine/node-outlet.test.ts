import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { outletOn } from '../../../src/cli/machine/node-outlet.ts'

const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-outlet-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const unopened = (): never => {
  throw new Error('the stream was opened')
}

/** Runs with a descriptor, which is closed afterwards. */
async function opened<T>(path: string, flags: number | string, use: (descriptor: number) => T) {
  const descriptor = openSync(path, flags)
  try {
    return await use(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function pipe(name: string): string {
  const path = join(folder, name)
  execFileSync('mkfifo', [path])
  return path
}

describe('a file as standard output', () => {
  it('takes the text without a stream, and is no terminal', async () => {
    const path = join(folder, 'out.txt')
    await opened(path, 'w', async (descriptor) => {
      const outlet = outletOn(descriptor, unopened, 'standard output')
      expect([outlet.isTerminal, outlet.columns]).toEqual([false, undefined])
      expect(await outlet.write('数据库\n')).toBeUndefined()
      expect(await outlet.write('two')).toBeUndefined()
    })
    expect(readFileSync(path, 'utf8')).toBe('数据库\ntwo')
  })

  it.skipIf(!existsSync('/dev/full'))('that is full is a refusal by name', async () => {
    await opened('/dev/full', 'w', async (descriptor) => {
      const outlet = outletOn(descriptor, unopened, 'standard output')
      const refusal = { path: 'standard output', reason: 'failed', detail: 'ENOSPC' }
      expect(await outlet.write('text')).toMatchObject(refusal)
    })
  })
})

describe('a pipe as standard output', () => {
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants

  it('whose reader has gone has seen enough', async () => {
    const path = pipe('gone')
    const reader = openSync(path, O_RDONLY + O_NONBLOCK)
    await opened(path, O_WRONLY, async (descriptor) => {
      closeSync(reader)
      const outlet = outletOn(descriptor, unopened, 'standard output')
      expect(outlet.isClosed).toBe(false)
      expect(await outlet.write('text')).toBeUndefined()
      expect(outlet.isClosed).toBe(true)
    })
  })

  it('that is full and does not block: the stream writes the rest', async () => {
    const path = pipe('full')
    const text = 'a'.repeat(300_000)
    const stream = new PassThrough({ highWaterMark: 1e6 })
    const inPipe = await opened(path, O_RDONLY + O_NONBLOCK, (reader) =>
      opened(path, O_WRONLY + O_NONBLOCK, async (descriptor) => {
        const outlet = outletOn(
          descriptor,
          () => stream as unknown as NodeJS.WriteStream,
          'standard output',
        )
        expect(await outlet.write(text)).toBeUndefined()
        return readSync(reader, Buffer.alloc(400_000))
      }),
    )
    const rest: unknown = stream.read()
    expect(inPipe).toBeGreaterThan(0)
    expect(inPipe + String(rest).length).toBe(text.length)
  })
})
