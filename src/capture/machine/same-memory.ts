import type { Frame } from '../files/pagemap.ts'
import type { SeenProcess } from './observation.ts'
import type { Identity } from './selection.ts'

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
export function knownSpaces(): {
  readonly isKnown: (print: SpacePrint) => boolean
  /** By status alone, of a process whose mappings are not read. */
  readonly isKnownByStatus: (process: Identity) => boolean
} {
  const seen = new Map<string, Alike>()
  const all = relatives()
  const isKnown = (print: SpacePrint): boolean => {
    const { space } = print.process
    if (space === undefined) return all.isKnown(print.process)
    all.remember(print.process)
    const key = `${space.print},${space.mappings},${space.stackEnd ?? 0}`
    const alike = seen.get(key)
    if (alike === undefined) {
      seen.set(key, { first: print, frames: new Set(), relatives: relatives() })
      return false
    }
    return isAmong(alike, print)
  }
  return { isKnown, isKnownByStatus: all.isKnown }
}

/** Processes with the same mappings. Frames are looked at only once there are two. */
interface Alike {
  first: SpacePrint | undefined
  readonly frames: Set<string>
  readonly relatives: Relatives
}

function isAmong(alike: Alike, print: SpacePrint): boolean {
  const { first } = alike
  alike.first = undefined
  if (first !== undefined) isSeen(alike, first)
  return isSeen(alike, print)
}

/** True for an address space that has been seen; another is remembered. */
function isSeen({ frames, relatives: others }: Alike, { process, frame }: SpacePrint): boolean {
  const found = frame()
  if (found === undefined) return others.isKnown(process)
  if (!found.exclusive) return false
  const known = frames.has(found.number)
  frames.add(found.number)
  return known
}

interface Relatives {
  /** True where parent or child has the same memory figures; remembers it otherwise. */
  readonly isKnown: (process: Identity) => boolean
  readonly remember: (process: Identity) => void
}

function relatives(): Relatives {
  /** Process id, of itself or of its parent, → memory figures. */
  const figures = new Map<string, string>()
  const remember = ({ pid, status }: Identity): void => {
    figures.set(`${pid}`, status.print)
    figures.set(`parent ${status.parent}`, status.print)
  }
  const isKnown = (process: Identity): boolean => {
    const { pid, status } = process
    const known =
      figures.get(`${status.parent}`) === status.print ||
      figures.get(`parent ${pid}`) === status.print
    if (!known) remember(process)
    return known
  }
  return { isKnown, remember }
}
