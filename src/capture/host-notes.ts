import type { Book } from './book.ts'
import { assume, note } from './book.ts'
import type { CapturedHost } from './host-text.ts'
import type { ReserveLine } from './reserve.ts'

/** Puts down where the values of the host, and the lines of its reserve, come from. */
export function noteHost(
  { sources, assumed }: CapturedHost,
  reserve: readonly ReserveLine[],
  book: Book,
): void {
  for (const [key, source] of sources) {
    if (assumed.has(key)) assume(book, ['host', key], source)
    else note(book, ['host', key], source)
  }
  for (const line of reserve) note(book, ['host', 'reserve', line.name], line.source)
}
