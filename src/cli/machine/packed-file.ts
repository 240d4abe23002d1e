import { packingOf, unpackedPieces, unreadPacking } from './packing.ts'
import type { Reading } from './world.ts'

/**
 * A file as it was before logrotate packed it; any other file as it is.
 * @param most bytes of it.
 */
export async function unpackedFile(path: string, reading: Reading, most: number): Promise<Reading> {
  if (!reading.ok) return reading
  const { content } = reading
  if (unreadPacking(content) !== undefined) return { ok: false, path, reason: 'packed-file' }
  const packing = packingOf(content.subarray(0, headBytes))
  if (packing === 'tar') return { ok: false, path, reason: 'archive' }
  if (packing === undefined) return reading
  const parts: Uint8Array[] = []
  let total = 0
  const { pieces, close } = await unpackedPieces([content], packing)
  try {
    for await (const piece of pieces) {
      total += piece.length
      if (total > most) return { ok: false, path, reason: 'too-large' }
      parts.push(piece)
    }
    const whole = Buffer.concat(parts)
    const isArchive = packingOf(whole.subarray(0, headBytes)) === 'tar'
    return isArchive ? { ok: false, path, reason: 'archive' } : { ok: true, content: whole }
  } catch {
    return { ok: false, path, reason: 'damaged' }
  } finally {
    close()
  }
}

/** What tar calls itself is at byte 257. */
const headBytes = 512
