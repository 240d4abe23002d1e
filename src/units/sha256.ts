/**
 * SHA-256 of a text in UTF-8, in hex (FIPS 180-4). Written out, because the library runs where
 * `node:crypto` does not exist, and a browser's own can only be waited for.
 */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text))
  const state = Int32Array.from(start)
  const words = new Int32Array(64)
  for (let block = 0; block < message.byteLength; block += 64) {
    schedule(words, message, block)
    compress(state, words)
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The bit after the message, zeros, and the length in bits: a multiple of 64 bytes. */
function padded(content: Uint8Array): DataView {
  const message = new DataView(new ArrayBuffer(Math.ceil((content.length + 9) / 64) * 64))
  new Uint8Array(message.buffer).set(content)
  message.setUint8(content.length, 0x80)
  message.setBigUint64(message.byteLength - 8, BigInt(content.length) * 8n)
  return message
}

/** Section 6.2.2, step 1. */
function schedule(words: Int32Array, message: DataView, block: number): void {
  for (let t = 0; t < 16; t += 1) words[t] = message.getInt32(block + 4 * t)
  for (let t = 16; t < 64; t += 1) {
    const two = at(words, t - 2)
    const fifteen = at(words, t - 15)
    const sigma1 = rotated(two, 17) ^ rotated(two, 19) ^ (two >>> 10)
    const sigma0 = rotated(fifteen, 7) ^ rotated(fifteen, 18) ^ (fifteen >>> 3)
    words[t] = sigma1 + at(words, t - 7) + sigma0 + at(words, t - 16)
  }
}

/** Steps 2 to 4, with the letters of the standard. */
function compress(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)]
  let [e, f, g, h] = [at(state, 4), at(state, 5), at(state, 6), at(state, 7)]
  for (let t = 0; t < 64; t += 1) {
    const sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    const sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + at(constants, t) + at(words, t)) | 0
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const added = [a, b, c, d, e, f, g, h]
  for (const [index, word] of added.entries()) state[index] = at(state, index) + word
}

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0
}

const primes = firstPrimes(64)
/** The first 32 bits of the fractional parts of their cube roots and, of the first eight, square roots. */
const constants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32)
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime !== 0)) found.push(n)
  }
  return found
}
