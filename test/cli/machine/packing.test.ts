import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { packingOf, unpackedPieces, unreadPacking } from '../../../src/cli/machine/packing.ts'

const head = (...bytes: readonly number[]) => Uint8Array.from(bytes)

it('the first bytes of a file say how it is packed', () => {
  expect(packingOf(gzipSync('a'))).toBe('gzip')
  expect(packingOf(head(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))).toBe('xz')
  expect(packingOf(new TextEncoder().encode(`${' '.repeat(257)}ustar`))).toBe('tar')
  expect(packingOf(head(0x1f))).toBeUndefined()
  expect(unreadPacking(head(0x42, 0x5a, 0x68))).toBe('bzip2')
  expect(unreadPacking(head(0x28, 0xb5, 0x2f, 0xfd))).toBe('zstd')
  expect(unreadPacking(head())).toBeUndefined()
})

it('what is packed is yielded in pieces', async () => {
  const parts: string[] = []
  const { pieces } = await unpackedPieces([gzipSync('line')], 'gzip')
  for await (const piece of pieces) parts.push(new TextDecoder().decode(piece))
  expect(parts.join('')).toBe('line')
})
