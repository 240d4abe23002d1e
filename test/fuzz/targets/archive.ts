import { gzipSync } from 'node:zlib'
import type { Choices } from '../choices.ts'
import { damagedBytes } from '../damage.ts'
import { hostileText } from '../hostile.ts'
import { archives } from '../material.ts'
import { treeFiles } from './proc-tree.ts'
import type { Target } from './target.ts'

/** Archives of a machine: recorded and made, with headers that lie, cut off and packed. */
export const archive: Target = {
  share: 2,
  draw: (choices) => ({
    argv: [
      ...choices.pick([['capture'], ['verify', '-f', 'json'], ['verify', '--max-residual', '5%']]),
      '--root',
      'host.tar',
    ],
    files: { 'host.tar': archiveBytes(choices) },
  }),
}

function archiveBytes(choices: Choices): Uint8Array {
  const plain = choices.oneIn(40) ? choices.pick(archives) : madeArchive(choices)
  const kind = choices.below(8)
  if (kind < 3) return plain
  if (kind < 5) return damagedHeader(plain, choices)
  if (kind === 5) return damagedBytes(plain, choices)
  const packed = new Uint8Array(gzipSync(plain, { level: 1 }))
  if (kind === 6) return damagedBytes(packed, choices)
  return choices.oneIn(2)
    ? packed
    : new Uint8Array(Buffer.concat([xzMagic, plain.subarray(0, choices.below(600))]))
}

const xzMagic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04])

function madeArchive(choices: Choices): Uint8Array {
  const entries = Object.entries(treeFiles(choices)).map(([path, content]) =>
    entryOf(
      choices.pick([path, path, path, `./${path}`, `sos/${path}`, `/${path}`]),
      Buffer.from(content),
      '0',
    ),
  )
  const odd = choices.some(3, () => oddEntry(choices))
  const end = choices.oneIn(10) ? [] : [Buffer.alloc(1024)]
  return new Uint8Array(Buffer.concat([...odd, ...entries, ...end]))
}

function oddEntry(choices: Choices): Buffer {
  const name = choices.pick([
    '../etc/passwd',
    'proc/../../x',
    'proc/1/status',
    'n'.repeat(99),
    hostileText(choices).slice(0, 99),
  ])
  const kind = choices.pick([...'01234567LKxgSVMD', '\u0000', 'Z'])
  const content = choices.pick([
    '',
    'x',
    hostileText(choices),
    '30 path=proc/9/status\n',
    '20 size=-1\n',
    '19 GNU.sparse.x=1\n',
    '999999999 path=x\n',
  ])
  return entryOf(name, Buffer.from(content), kind)
}

/** An entry of ustar: POSIX.1-2017, pax. */
function entryOf(name: string, content: Buffer, kind: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\u00000000000\u00000000000\u0000', 100, 'latin1')
  header.write(
    `${content.length.toString(8).padStart(11, '0')}\u0000${'0'.repeat(11)}\u0000        `,
    124,
    'latin1',
  )
  header.write(kind, 156, 'latin1')
  header.write('target', 157)
  header.write('ustar\u000000', 257, 'latin1')
  withChecksum(header)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

function withChecksum(header: Uint8Array): void {
  header.fill(0x20, 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  Buffer.from(`${sum.toString(8).padStart(6, '0')}\u0000 `, 'latin1').copy(header, 148)
}

/** A field of one header says something else, and the checksum agrees. */
function damagedHeader(plain: Uint8Array, choices: Choices): Uint8Array {
  const copy = plain.slice()
  const at = choices.below(Math.max(1, Math.floor(copy.length / 512))) * 512
  const header = copy.subarray(at, at + 512)
  if (header.length < 512) return copy
  const [start, length] = choices.pick([
    [0, 100],
    [100, 8],
    [124, 12],
    [136, 12],
    [156, 1],
    [157, 100],
    [257, 8],
    [345, 155],
  ] as const)
  const value = choices.pick([
    '77777777777',
    '00000000000',
    '-0000000001',
    '99999999999',
    '           ',
    '\u00ff'.repeat(12),
    `\u0080${'\u0000'.repeat(10)}\u0001`,
    `\u0080\u0000\u0000\u0000\u007f${'\u00ff'.repeat(7)}`,
    'x',
    '5',
    'g',
    hostileText(choices),
  ])
  Buffer.from(value.slice(0, length), 'latin1').copy(header, start)
  withChecksum(header)
  return copy
}
