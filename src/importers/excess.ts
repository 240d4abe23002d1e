import type { LocatedFlaw, Spot } from '../scenario/yaml/yaml-tree.ts'

/** 4 PiB: the most of memory that x86-64 can address, and half of what is still counted exactly. */
const mostBytes = 2 ** 52

/** The flaw of an amount of memory that no host has; none where it could be. */
export function excess(what: string, size: number, spot: Spot | undefined): readonly LocatedFlaw[] {
  if (size <= mostBytes || spot === undefined) return []
  return [{ message: `${what} comes to more than 4 PiB`, expected: 'less', spot }]
}
