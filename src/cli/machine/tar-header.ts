import type { ArchiveFault } from '../../capture/files/tree.ts'

/** Bytes of a block: a header is one, and the content of a file is filled up to whole ones. */
export const blockBytes = 512

/** What the header of an entry says, as POSIX ustar and GNU tar write it. */
export interface TarHeader {
  readonly name: string
  readonly bytes: number
  readonly kind: TarKind
  /** What a link says; empty for other kinds. */
  readonly link: string
}

/** `long-…` and `records…` describe the entry that follows: GNU tar, and pax of POSIX. */
export type TarKind =
  | 'file'
  | 'hard-link'
  | 'link'
  | 'empty'
  | 'long-name'
  | 'long-link'
  | 'records'
  | 'records-for-all'
  | 'other'

/** What pax records and long names say in place of the header. */
export interface TarExtension {
  readonly name?: string
  readonly link?: string
  readonly bytes?: number
}

/** Kinds that have no content, whatever size the header says: POSIX.1-2001, ustar interchange format. */
const kinds: ReadonlyMap<string, TarKind> = new Map([
  ['\0', 'file'],
  ['0', 'file'],
  ['7', 'file'],
  ['1', 'hard-link'],
  ['2', 'link'],
  ['3', 'empty'],
  ['4', 'empty'],
  ['5', 'empty'],
  ['6', 'empty'],
  ['L', 'long-name'],
  ['K', 'long-link'],
  ['x', 'records'],
  ['g', 'records-for-all'],
])

/** @returns the header in a block, or what is wrong with it. */
export function readTarHeader(block: Uint8Array): TarHeader | { readonly fault: ArchiveFault } {
  if (!isChecked(block)) return { fault: 'the checksum of a header is wrong' }
  if (latin1(block, 257, 5) !== 'ustar') return { fault: 'a header is not a tar header' }
  const bytes = sizeIn(block.subarray(124, 136))
  if (bytes === undefined) return { fault: 'the size in a header is not a number of bytes' }
  const kind = kinds.get(latin1(block, 156, 1)) ?? 'other'
  const plain = textIn(block, 0, 100)
  // GNU tar has other things where POSIX has the beginning of a long name.
  const prefix = block[262] === 0 ? textIn(block, 345, 155) : ''
  const name = prefix === '' ? plain : `${prefix}/${plain}`
  // Before POSIX a directory was a file whose name ends in a slash.
  const isFolder = kind === 'file' && name.endsWith('/')
  return { name, bytes, kind: isFolder ? 'empty' : kind, link: textIn(block, 157, 100) }
}

/** Content follows the header. */
export function hasContent({ kind, bytes }: TarHeader): boolean {
  return bytes > 0 && kind !== 'empty' && kind !== 'link'
}

/** @returns the records of pax, `LENGTH KEY=VALUE` and a line feed each, or what is wrong with them. */
export function readTarRecords(
  content: Uint8Array,
): TarExtension | { readonly fault: ArchiveFault } {
  const records = new Map<string, string>()
  for (let at = 0; at < content.length; ) {
    const digits = /^(\d{1,7}) /.exec(latin1(content, at, 8))?.[1]
    const end = at + Number(digits ?? Number.NaN)
    const text = digits === undefined ? '' : decoder.decode(content.subarray(at, end))
    const [, key, value] = /^\d+ ([^=]+)=(.*)\n$/s.exec(text) ?? []
    if (key === undefined || value === undefined || end > content.length) {
      return { fault: 'a pax record is malformed' }
    }
    records.set(key, value)
    at = end
  }
  return extensionOf(records)
}

function extensionOf(
  records: ReadonlyMap<string, string>,
): TarExtension | { readonly fault: ArchiveFault } {
  const [name, link, size] = ['path', 'linkpath', 'size'].map((key) => records.get(key))
  const bytes = /^\d+$/.test(size ?? '') ? Number(size) : undefined
  if (size !== undefined && !Number.isSafeInteger(bytes)) {
    return { fault: 'the size in a pax record is not a number of bytes' }
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(link === undefined ? {} : { link }),
    ...(bytes === undefined ? {} : { bytes }),
  }
}

/** The long name of GNU tar: up to its zero. */
export function longName(content: Uint8Array): string {
  return textIn(content, 0, content.length)
}

/** The sum of all bytes, those of the sum itself as spaces. Some writers add them up as signed. */
function isChecked(block: Uint8Array): boolean {
  const said = octalIn(block.subarray(148, 156))
  let unsigned = 8 * 0x20
  let signed = unsigned
  for (let at = 0; at < blockBytes; at += 1) {
    const byte = at >= 148 && at < 156 ? 0 : (block[at] ?? 0)
    unsigned += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  return said === unsigned || said === signed
}

/** Octal digits, or, with the highest bit set, a binary number of GNU tar, which may be negative. */
function sizeIn(field: Uint8Array): number | undefined {
  const [first = 0, ...others] = field
  if (first < 0x80) return octalIn(field)
  if (first >= 0xc0) return undefined
  const size = others.reduce((sum, byte) => sum * 256 + byte, first - 0x80)
  return Number.isSafeInteger(size) ? size : undefined
}

/** Spaces and zeros may surround the digits; a field without digits is 0. */
function octalIn(field: Uint8Array): number | undefined {
  const digits = /^[ \0]*([0-7]*)(?:[ \0].*)?$/s.exec(latin1(field, 0, field.length))?.[1]
  return digits === undefined ? undefined : Number.parseInt(`0${digits}`, 8)
}

const decoder = new TextDecoder()

function textIn(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length)
  const end = field.indexOf(0)
  return decoder.decode(end < 0 ? field : field.subarray(0, end))
}

function latin1(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length))
}
