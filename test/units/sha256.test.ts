import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { sha256 } from '../../src/units/sha256.ts'

it('SHA-256 of the examples of FIPS 180-4 is that of the standard', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  )
})

it('SHA-256 is that of OpenSSL at every length around the ends of blocks, in UTF-8', () => {
  for (let length = 0; length <= 130; length += 1) {
    for (const text of ['x'.repeat(length), `${'x'.repeat(length)}é€😀`]) {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }
  }
})
