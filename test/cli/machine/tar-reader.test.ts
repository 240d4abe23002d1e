import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { TarReader } from '../../../src/cli/machine/tar-reader.ts'

async function tarOf(content: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack()
  for (const [name, text] of Object.entries(content)) archive.entry({ name }, text)
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Reads an archive in pieces, and notes the files in it and why it ended. */
function read(tar: Uint8Array, pieceBytes = tar.length) {
  const files: Record<string, string> = {}
  const reader = new TarReader(({ path }) => ({
    take: (piece) => {
      files[path] = (files[path] ?? '') + Buffer.from(piece).toString('latin1')
      return false
    },
    end: () => {
      files[path] ??= ''
    },
  }))
  let fault: string | undefined
  for (let at = 0; at < tar.length && fault === undefined; at += pieceBytes) {
    fault = reader.take(tar.subarray(at, at + pieceBytes))
  }
  return { files, fault: fault ?? reader.end() }
}

const content = {
  './proc/1/status': 'VmPTE: 4 kB\n',
  'proc/1/empty': '',
  [`${'long/'.repeat(40)}name`]: 'x'.repeat(1000),
}
const files = {
  'proc/1/status': 'VmPTE: 4 kB\n',
  'proc/1/empty': '',
  [`${'long/'.repeat(40)}name`]: 'x'.repeat(1000),
}

describe('an archive', () => {
  it.each([1, 7, 511, 512, 10_000])('is read in pieces of %i bytes', async (pieceBytes) => {
    expect(read(await tarOf(content), pieceBytes)).toEqual({ files, fault: undefined })
  })

  it('may be appended to another', async () => {
    const both = Buffer.concat([await tarOf(content), await tarOf({ more: 'y' })])
    expect(read(both)).toEqual({ files: { ...files, more: 'y' }, fault: undefined })
  })

  it('may end in one block of zeros, or in many', async () => {
    const tar = await tarOf({ a: 'x' })
    expect(read(tar.subarray(0, -512)).fault).toBeUndefined()
    expect(read(Buffer.concat([tar, Buffer.alloc(10_240)])).fault).toBeUndefined()
  })
})

describe('a broken archive', () => {
  it('is damaged if its end mark is missing', async () => {
    const tar = await tarOf({ a: '\0'.repeat(1024) })
    expect(read(tar.subarray(0, -1024)).fault).toContain('it has no end mark')
  })

  it.each([1, 513, 1000])('is damaged if it is cut off after %i bytes', async (length) => {
    const tar = await tarOf({ a: 'x'.repeat(1000) })
    expect(read(tar.subarray(0, length)).fault).toContain('in the middle of an entry')
  })

  it('is damaged if other bytes follow its end mark', async () => {
    const tar = Buffer.concat([await tarOf({ a: 'x' }), Buffer.alloc(512, 0x61)])
    expect(read(tar).fault).toContain('it is damaged')
  })

  it('is damaged if it contains only zeros', () => {
    expect(read(Buffer.alloc(10_240)).fault).toBe('it contains no files')
  })
})

it('refuses a name that leads out of the archive', async () => {
  expect(read(await tarOf({ 'proc/../../etc/passwd': 'x' })).fault).toContain('leads out of it')
})

it('skips what the sink does not want, and tells it once that nothing more comes', async () => {
  const calls: string[] = []
  const reader = new TarReader(() => ({
    take: (piece) => {
      calls.push(`take ${piece.length}`)
      return true
    },
    end: () => {
      calls.push('end')
    },
  }))
  const tar = await tarOf({ a: 'x'.repeat(2000) })
  for (let at = 0; at < tar.length; at += 1000) reader.take(tar.subarray(at, at + 1000))
  expect([reader.end(), calls]).toEqual([undefined, ['take 488', 'end']])
})
