import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unpackedFile } from '../../../src/cli/machine/packed-file.ts'

const most = 1000
const unpacked = (content: Uint8Array) => unpackedFile('log.gz', { ok: true, content }, most)
const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a file that logrotate packed', () => {
  it('is unpacked, and any other file is as it is', async () => {
    const packed = await unpacked(gzipSync('line\n'))
    expect(packed.ok && new TextDecoder().decode(packed.content)).toBe('line\n')
    expect(await unpacked(bytesOf('line\n'))).toEqual({ ok: true, content: bytesOf('line\n') })
    const refusal = { ok: false, path: 'log.gz', reason: 'missing' } as const
    expect(await unpackedFile('log.gz', refusal, most)).toBe(refusal)
  })

  it.each([
    ['larger than may be', gzipSync('a'.repeat(most + 1)), 'too-large'],
    ['cut off', gzipSync('a'.repeat(most)).subarray(0, 20), 'damaged'],
    ['packed with bzip2', bytesOf('BZh91AY'), 'packed-file'],
    ['an archive', gzipSync(Buffer.from(`${'\0'.repeat(257)}ustar${'\0'.repeat(250)}`)), 'archive'],
  ] as const)('is refused where it is %s', async (_, content, reason) => {
    expect(await unpacked(content)).toEqual({ ok: false, path: 'log.gz', reason })
  })
})
