import type { Input } from './world.ts'

/** An input that is in memory. */
export function inputOf(content: Uint8Array): Input {
  const parts = [content]
  return { ok: true, next: async () => parts.pop(), close: () => {} }
}
