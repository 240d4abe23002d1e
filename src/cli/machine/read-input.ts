import type { Reading, World } from './world.ts'

/** Standard input to its end, or to `most` bytes. */
export async function readInput(
  { openInput }: Pick<World, 'openInput'>,
  most: number,
): Promise<Reading> {
  const input = openInput('-')
  if (!input.ok) return input
  const parts: Uint8Array[] = []
  let total = 0
  try {
    for (let part = await input.next(); part !== undefined; part = await input.next()) {
      if (!(part instanceof Uint8Array)) return part
      total += part.length
      if (total > most) return { ok: false, path: '-', reason: 'too-large' }
      parts.push(part)
    }
    return { ok: true, content: Buffer.concat(parts) }
  } finally {
    // An endless writer is told to stop.
    input.close()
  }
}
