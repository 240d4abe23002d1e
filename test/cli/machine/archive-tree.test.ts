import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { pack } from 'tar-stream'
import { afterAll, describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { nodeWorld } from '../../../src/cli/node-world.ts'
import { machineFiles, processFiles, smapsOf } from '../../capture/reading.ts'

/** Once: each listens to the streams of this process. */
const machine = nodeWorld()
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-archives-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Answer {
  readonly status: number
  readonly stderr: string
}

async function run(...words: readonly string[]): Promise<Answer> {
  const errors: string[] = []
  const world = {
    ...machine,
    stdout: { isTerminal: false, write: async () => undefined },
    stderr: {
      isTerminal: false,
      write: async (text: string) => {
        errors.push(text)
        return undefined
      },
    },
  }
  const status = await main(words, world)
  return { status, stderr: errors.join('') }
}

const capture = (path: string): Promise<Answer> => run('capture', '--root', path)

function fileOf(name: string, content: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const shared = smapsOf(
  '7f0000000000-7f0004000000 rw-s 00000000 00:01 42   /dev/zero (deleted)',
  { Size: 65_536, Rss: 65_536 },
  'rd wr sh mr mw me ms sd',
)
const files = {
  ...machineFiles,
  ...processFiles({ pid: 10, smaps: shared, status: { VmPTE: '300 kB' } }),
}

async function tarOf(
  content: Readonly<Record<string, string>>,
  records?: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const archive = pack()
  for (const [name, text] of Object.entries(content)) {
    const size = Buffer.byteLength(text)
    const header = { name, size, ...(records === undefined ? {} : { pax: records }) }
    archive.entry(header, text)
  }
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** The header at the beginning of a block, with other bytes in it and a checksum that fits. */
function patched(tar: Buffer, block: number, patch: (head: Buffer) => void): Buffer {
  const copy = Buffer.from(tar)
  const head = copy.subarray(block * 512, block * 512 + 512)
  patch(head)
  head.fill(' ', 148, 156)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return copy
}

const withSize = (tar: Buffer, size: Uint8Array | string): Buffer =>
  patched(tar, 0, (head) => {
    head.fill(0, 124, 136)
    Buffer.from(size).copy(head, 124)
  })

const base256 = (first: number, ...last: readonly number[]): Buffer => {
  const field = Buffer.alloc(12, first === 0xff ? 0xff : 0)
  field[0] = first
  Buffer.from(last).copy(field, 12 - last.length)
  return field
}

describe('an archive with a size that cannot be', () => {
  const recorded = join(import.meta.dirname, '../../fixtures/damaged-archives')
  const names = readdirSync(recorded).filter((name) => name.endsWith('.tar'))

  it('is read from five fixtures', () => expect(names).toHaveLength(5))

  it.each(names)('%s is damaged for capture and for verify', async (name) => {
    const path = join(recorded, name)
    const output = join(folder, 'x.yaml')
    for (const words of [
      ['capture', '--root', path, '-o', output],
      ['verify', '--root', path, '--max-residual', '1%'],
    ]) {
      const { status, stderr } = await run(...words)
      expect(status).toBe(3)
      expect(stderr).toMatch(
        /cannot capture .*: it is damaged: the size in a (header|pax record) is not/,
      )
    }
  })

  it.each([
    ['-1', 'the size in a header is not a number of bytes'],
    ['8', 'the size in a header is not a number of bytes'],
    ['0x10', 'the size in a header is not a number of bytes'],
    ['NaN', 'the size in a header is not a number of bytes'],
    [base256(0xff, 0xfe), 'the size in a header is not a number of bytes'],
    [base256(0xff, 0, 0), 'the size in a header is not a number of bytes'],
    [base256(0x80, 1, 0, 0, 0, 0, 0, 0, 0), 'the size in a header is not a number of bytes'],
    [base256(0x81), 'the size in a header is not a number of bytes'],
    [
      base256(0x80, 0x10, 0, 0, 0, 0, 0),
      'has 17592186044416 bytes: no file of /proc is that large',
    ],
    ['00000077777', 'ends in the middle of an entry'],
  ])('refuses the size %s: %s', async (size, words) => {
    const tar = withSize(await tarOf({ 'proc/meminfo': 'MemTotal: 1 kB\n' }), size)
    const { status, stderr } = await capture(fileOf('size.tar', tar))
    expect([status, stderr]).toEqual([3, expect.stringContaining(words)])
  })

  it.each([
    [{ size: '-5' }, 'the size in a pax record is not a number of bytes'],
    [{ size: 'x' }, 'the size in a pax record is not a number of bytes'],
    [{ size: '' }, 'the size in a pax record is not a number of bytes'],
    [{ size: '1e3' }, 'the size in a pax record is not a number of bytes'],
    [{ size: '9007199254740993' }, 'the size in a pax record is not a number of bytes'],
    [{ size: '999999' }, 'ends in the middle of an entry'],
    [{ size: '99999999999' }, 'has 99999999999 bytes: no file of /proc is that large'],
  ])('refuses a pax record %o: %s', async (records, words) => {
    const tar = await tarOf({ 'proc/meminfo': 'MemTotal: 1 kB\n' }, records)
    const { status, stderr } = await capture(fileOf('pax.tar', tar))
    expect([status, stderr]).toEqual([3, expect.stringContaining(words)])
  })

  it('is refused at once in a record, without a wait for gigabytes', async () => {
    const tar = await tarOf({ 'proc/meminfo': 'x' }, { comment: 'y' })
    const large = withSize(tar, '77777777777')
    const { status, stderr } = await capture(fileOf('large-record.tar', large))
    expect([status, stderr]).toEqual([3, expect.stringContaining('longer than 1 MiB')])
  })
})

describe('an archive as other tools write it', () => {
  it('has folders with a size, which have no content', async () => {
    const plain = await tarOf(files)
    const folderEntry = patched(await tarOf({ 'proc/': '' }), 0, (head) => {
      head.write('00000010000', 124, 'latin1')
      head.write('5', 156, 'latin1')
    }).subarray(0, 512)
    const tar = Buffer.concat([folderEntry, plain])
    expect(await capture(fileOf('folder.tar', tar))).toMatchObject({ status: 0, stderr: '' })
  })

  it('has sizes and checksums with spaces, and sizes of base 256', async () => {
    const text = files['proc/meminfo'] ?? ''
    const { 'proc/meminfo': _, ...others } = files
    const tar = await tarOf({ 'proc/meminfo': text, ...others })
    const spaced = withSize(tar, ` ${text.length.toString(8)} `)
    const binary = withSize(tar, base256(0x80, text.length))
    for (const one of [spaced, binary]) {
      expect(await capture(fileOf('sizes.tar', one))).toMatchObject({ status: 0, stderr: '' })
    }
  })

  it('has long names, of pax and of GNU tar', async () => {
    const long = `${'a'.repeat(140)}/`
    const prefixed = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`${long}${name}`, text]),
    )
    const path = fileOf('long.tar', await tarOf(prefixed))
    expect(await capture(path)).toMatchObject({ status: 0, stderr: '' })
    const tree = join(folder, 'tree', long)
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, name)), { recursive: true })
      writeFileSync(join(tree, name), text)
    }
    const gnu = join(folder, 'gnu.tar')
    spawnSync('tar', ['--format=gnu', '-cf', gnu, '-C', join(folder, 'tree'), long])
    expect(await capture(gnu)).toMatchObject({ status: 0, stderr: '' })
  })
})

describe('an archive that is cut off', async () => {
  const tar = await tarOf(files)
  const packings: (readonly [name: string, content: Buffer])[] = [['gz', gzipSync(tar)]]
  const xz = spawnSync('xz', ['-c'], { input: tar })
  if (xz.status === 0) packings.push(['xz', xz.stdout])

  it.each(packings)('%s ends with status 3, wherever', async (name, content) => {
    for (const share of [0.02, 0.2, 0.5, 0.9, 0.999]) {
      const cut = content.subarray(0, Math.floor(content.length * share))
      const { status, stderr } = await capture(fileOf(`cut.${name}`, cut))
      expect([share, status]).toEqual([share, 3])
      expect(stderr).toMatch(/damaged|is neither a directory nor a tar archive/)
    }
  })

  it.each(packings)('%s with another byte in it never waits', async (name, content) => {
    const mutation = fc.record({
      at: fc.nat(content.length - 1),
      byte: fc.nat(255),
      keep: fc.double({ min: 0.1, max: 1, noNaN: true }),
    })
    const check = async (all: readonly { at: number; byte: number; keep: number }[]) => {
      const copy = Buffer.from(content)
      for (const { at, byte } of all) copy[at] = byte
      const length = Math.ceil(copy.length * (all[0]?.keep ?? 1))
      const { status } = await capture(fileOf(`mutated.${name}`, copy.subarray(0, length)))
      expect([0, 3]).toContain(status)
    }
    const property = fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), check)
    await fc.assert(property, { seed: 20_261_129, numRuns: 60 })
  })

  it('or has other bytes in its headers always ends, with status 0 or 3', async () => {
    const small = await tarOf({ ...files, 'proc/1/mountinfo': '' }, { comment: 'a record' })
    const blocks = small.length / 512
    const mutation = fc.record({
      block: fc.nat(blocks - 1),
      at: fc.oneof(fc.nat(511), fc.integer({ min: 124, max: 156 })),
      byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0x20, 0x2d, 0x39, 0x4c, 0x78, 0x80, 0xff)),
    })
    const check = async (all: readonly { block: number; at: number; byte: number }[]) => {
      let copy = small
      for (const { block, at, byte } of all) {
        copy = patched(copy, block, (head) => {
          head[at] = byte
        })
      }
      const { status } = await capture(fileOf('headers.tar', copy))
      expect([0, 3]).toContain(status)
    }
    const property = fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), check)
    await fc.assert(property, { seed: 20_261_129, numRuns: 300 })
  })
})

it.skipIf(!existsSync('/proc/self/fd'))(
  'an archive is closed again, whatever is wrong with it',
  async () => {
    const plain = await tarOf({ ...files })
    const wrong = Buffer.from('not a header of tar'.repeat(100))
    const contents = {
      'sound.tar': plain,
      'wrong.tar': Buffer.concat([plain.subarray(0, 1024), wrong]),
      'sound.tgz': gzipSync(plain),
      'cut.tgz': gzipSync(plain).subarray(0, 100),
      'wrong.tgz': gzipSync(Buffer.concat([plain.subarray(0, 1024), wrong, Buffer.alloc(2 ** 22)])),
      'wrong.xz': Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), wrong]),
    }
    for (const [name, content] of Object.entries(contents)) {
      const path = fileOf(name, content)
      const { status } = await capture(path)
      expect([name, status]).toEqual([name, name.startsWith('sound') ? 0 : 3])
      await new Promise((settle) => setTimeout(settle))
      expect([name, opened(path)]).toEqual([name, false])
    }
  },
)

/** Whether this process has the file open. */
function opened(path: string): boolean {
  return readdirSync('/proc/self/fd').some((descriptor) => {
    try {
      return readlinkSync(join('/proc/self/fd', descriptor)) === path
    } catch {
      return false
    }
  })
}
