import type { SeenProcess } from './observation.ts'
import type { Frame } from './pagemap.ts'

/** What tells address spaces apart when their mappings are the same. */
export interface SpacePrint {
  readonly process: SeenProcess
  /** The frame of a page of its stack, where it may be known: the highest that is mapped once. */
  readonly frame: () => Frame | undefined
}

/**
 * Keeps those seen so far, to know an address space that was seen already. The children of fork()
 * have the mappings of their parent too, at the same addresses, and may have touched just as much.
 * So processes with the same mappings are one address space only
 * - where the highest page of their stacks that is mapped once is the same one; or, where the kernel
 *   hides which page that is,
 * - where one is the other's parent and all their memory figures agree: after fork() they do not,
 *   for what the parent had of its files is not copied (copy_page_range() in mm/memory.c).
 */
export function knownSpaces(): { readonly isKnown: (print: SpacePrint) => boolean } {
  const seen = new Map<string, Alike>()
  const isKnown = (print: SpacePrint): boolean => {
    const { space } = print.process
    if (space === undefined) return false
    const key = `${space.print},${space.mappings},${space.stackEnd ?? 0}`
    const alike = seen.get(key)
    if (alike === undefined) {
      seen.set(key, { first: print, frames: new Set(), relatives: new Map() })
      return false
    }
    return isAmong(alike, print)
  }
  return { isKnown }
}

/** Processes with the same mappings. Frames are looked at only once there are two. */
interface Alike {
  first: SpacePrint | undefined
  readonly frames: Set<string>
  /** Process id, of itself or of its parent, → memory figures. */
  readonly relatives: Map<string, string>
}

function isAmong(alike: Alike, print: SpacePrint): boolean {
  const { first } = alike
  alike.first = undefined
  if (first !== undefined) remember(alike, first, first.frame())
  const frame = print.frame()
  const { pid, status } = print.process
  const known =
    frame === undefined
      ? alike.relatives.get(`${status.parent}`) === status.print ||
        alike.relatives.get(`parent ${pid}`) === status.print
      : frame.exclusive && alike.frames.has(frame.number)
  if (!known) remember(alike, print, frame)
  return known
}

function remember({ frames, relatives }: Alike, print: SpacePrint, frame: Frame | undefined): void {
  const { pid, status } = print.process
  if (frame === undefined) {
    relatives.set(`${pid}`, status.print)
    relatives.set(`parent ${status.parent}`, status.print)
  } else if (frame.exclusive) frames.add(frame.number)
}
