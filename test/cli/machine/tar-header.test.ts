import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import {
  hasContent,
  longName,
  readTarHeader,
  readTarRecords,
} from '../../../src/cli/machine/tar-header.ts'

/** The header that a tar library writes for an empty file. */
async function block(patch: (head: Buffer) => void = () => {}): Promise<Buffer> {
  const archive = pack()
  archive.entry({ name: 'proc/1/status' }, '')
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  const head = Buffer.concat(parts).subarray(0, 512)
  patch(head)
  head.fill(' ', 148, 156)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return head
}

const withSize = (field: string | readonly number[]) =>
  block((head) => {
    head.fill(0, 124, 136)
    Buffer.from(field as string).copy(head, 124)
  })

describe('the header of an entry', () => {
  it('has a name, a size and a kind', async () => {
    expect(readTarHeader(await block())).toEqual({
      name: 'proc/1/status',
      bytes: 0,
      kind: 'file',
      link: '',
    })
  })

  it.each([
    ['00000001750', 1000],
    [' 1750 ', 1000],
    ['', 0],
    [[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x03, 0xe8], 1000],
  ])('has a size in octal digits or in base 256: %j', async (field, bytes) => {
    expect(readTarHeader(await withSize(field))).toMatchObject({ bytes })
  })

  it.each([['-1'], ['8'], ['0x10'], [[0xff, 0xff]], [[0x81]]])(
    'is damaged if its size is not a number of bytes: %j',
    async (field) => {
      expect(readTarHeader(await withSize(field))).toMatchObject({
        fault: expect.stringContaining('the size in a header'),
      })
    },
  )

  it('is damaged if its checksum or its magic is wrong', async () => {
    const head = await block()
    head.write('X', 0)
    expect(readTarHeader(head)).toMatchObject({ fault: expect.stringContaining('checksum') })
    const magic = await block((patched) => patched.write('zip', 257))
    expect(readTarHeader(magic)).toMatchObject({
      fault: expect.stringContaining('not a tar header'),
    })
  })

  it('of a folder has no content, whatever its size', async () => {
    const folder = readTarHeader(
      await block((head) => {
        head.write('00000010000', 124)
        head.write('5', 156)
      }),
    )
    expect('fault' in folder || hasContent(folder)).toBe(false)
  })
})

describe('the records before an entry', () => {
  it('say its name, the target of a link and its size', () => {
    const records = '15 path=proc/é\n13 size=1000\n14 linkpath=x\n'
    expect(readTarRecords(Buffer.from(records.replace('15', '16')))).toEqual({
      name: 'proc/é',
      bytes: 1000,
      link: 'x',
    })
  })

  it.each(['path=x\n', '99 path=x\n', '9 path x\n', '8 size=x\n'])('are damaged: %j', (records) => {
    expect(readTarRecords(Buffer.from(records))).toHaveProperty('fault')
  })

  it('of GNU tar are a name up to its zero', () => {
    expect(longName(Buffer.from('proc/1/status\0\0'))).toBe('proc/1/status')
  })
})
