import type { SeenProcess } from './observation.ts'
import type { Frame } from './pagemap.ts'

/** What tells address spaces apart when their mappings are the same. */
export interface SpacePrint {
  readonly process: SeenProcess
  /** The frame of the topmost page of its stack, where it may be known. */
  readonly frame: () => Frame | undefined
}

/**
 * Keeps those seen so far, to know an address space that was seen already. The children of fork()
 * have the mappings of their parent too, at the same addresses, and may have touched just as much.
 * So processes with the same mappings are one address space only
 * - where the page at the top of their stacks is the same one and mapped once; or, where the kernel
 *   hides which page that is,
 * - where one is the other's parent and all their memory figures agree: after fork() they do not,
 *   for what the parent had of its files is not copied (copy_page_range() in mm/memory.c).
 */
export function knownSpaces(): { readonly isKnown: (print: SpacePrint) => boolean } {
  const seen = new Map<string, SpacePrint[]>()
  const isKnown = (print: SpacePrint): boolean => {
    const { space } = print.process
    if (space === undefined) return false
    const key = `${space.print},${space.mappings},${space.stackEnd ?? 0}`
    const alike = seen.get(key) ?? []
    if (alike.some((other) => isSame(print, other))) return true
    seen.set(key, [...alike, print])
    return false
  }
  return { isKnown }
}

function isSame(one: SpacePrint, other: SpacePrint): boolean {
  const [frame, otherFrame] = [one.frame(), other.frame()]
  if (frame !== undefined && otherFrame !== undefined) {
    return frame.number === otherFrame.number && frame.exclusive && otherFrame.exclusive
  }
  const [a, b] = [one.process, other.process]
  const related = a.status.parent === b.pid || b.status.parent === a.pid
  return related && a.status.print === b.status.print
}
