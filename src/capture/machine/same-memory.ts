import type { Frame } from '../files/pagemap.ts'
import type { SeenProcess } from './observation.ts'
import type { Identity } from './selection.ts'

/** The evidence that tells address spaces apart when their mappings are the same. */
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
export class KnownSpaces {
  readonly #seen = new Map<string, Alike>()
  readonly #all = new Relatives()

  /** True for an address space that has been seen; another is remembered. */
  isKnown(print: SpacePrint): boolean {
    const { space } = print.process
    if (space === undefined) return this.#all.isKnown(print.process)
    this.#all.remember(print.process)
    const key = `${space.print},${space.mappings},${space.stackEnd ?? 0}`
    const alike = this.#seen.get(key)
    if (alike === undefined) {
      this.#seen.set(key, { first: print, frames: new Set(), relatives: new Relatives() })
      return false
    }
    return isAmong(alike, print)
  }

  /** By status alone, of a process whose mappings are not read. */
  isKnownByStatus(process: Identity): boolean {
    return this.#all.isKnown(process)
  }
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

/** Processes of one family have the same memory figures if they have one address space. */
class Relatives {
  /** Memory figures by process id, and of the children that were seen last by that of their parent. */
  readonly #figures = new Map<number, string>()
  readonly #ofChildren = new Map<number, string>()

  /** True if parent or child has the same memory figures; remembers it otherwise. */
  isKnown(process: Identity): boolean {
    const { pid, status } = process
    const known =
      this.#figures.get(status.parent) === status.print ||
      this.#ofChildren.get(pid) === status.print
    if (!known) this.remember(process)
    return known
  }

  remember({ pid, status }: Identity): void {
    this.#figures.set(pid, status.print)
    this.#ofChildren.set(status.parent, status.print)
  }
}
