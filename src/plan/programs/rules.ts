import type { Count } from '../../units/quantity.ts'
import type { Backing, Fallback, Region } from '../../workload/region.ts'
import type { Setting, SysvLimits } from '../result/advice-result.ts'

/** What is known of a program, as far as advice needs it. */
export interface ProgramRules {
  /**
   * A region as the program would have it on huge pages; `undefined` where it cannot, or where the
   * memory is not the program's to put there, as the private memory of a backend.
   * @param exact the size is what the program asks for, to the page.
   */
  readonly onHugePages: (region: Region, exact: boolean) => HugeMemory | undefined
  /**
   * What the program asks for beyond a size that a person wrote, a bound from above.
   * @param processes that map the region.
   * @param alone no other region is of this program.
   */
  readonly overheadBytes?: (region: Region, processes: number, alone: boolean) => number
  /** Pages that it may take beyond its need, once for all its regions. */
  readonly sparePages?: (regions: readonly Region[]) => number
  /** The program takes memory on transparent huge pages, and its makers do not warn of them. */
  readonly takesTransparentPages: boolean
  /** What the program needs beside the pool, the most needed first. */
  readonly settings: (use: HugeUse) => readonly Setting[]
  /** The command that asks the server for its number, where there is one. */
  readonly ask?: (about: Asked) => Setting
  /** Lines that hold the number of its processes down. */
  readonly pooling?: (processes: number) => readonly Setting[]
}

/** The backing of a region on huge pages, and its fallback if the pool is too small. */
export interface HugeMemory {
  readonly backing: Backing
  readonly fallback: Fallback
  /** Where it is made of other files or segments than today. */
  readonly objects?: Count
}

/** Regions of a program on huge pages of one size. */
export interface HugeUse {
  /** As they are today. */
  readonly regions: readonly Region[]
  readonly pageBytes: number
  /** Of the page size, as the kernel and databases write it: `2M`. */
  readonly label: string
  /** Pages of the size that programs get when they name none. */
  readonly isDefault: boolean
  /** The pool's number is what the program asks for, to the page. */
  readonly exact: boolean
  /** The group of the user who attaches the segments; absent: root, or not known. */
  readonly gid?: number
  readonly sysv?: SysvLimits
  readonly memlockBytes?: number
}

/** Regions whose program can be asked for its number of pages. */
export type Asked = Pick<HugeUse, 'regions' | 'pageBytes'>

/** True where a release is that one or later; without a release it is the newest. */
export function isSince(release: string | undefined, than: string): boolean {
  if (release === undefined) return true
  const [have, want] = [numbersOf(release), numbersOf(than)]
  for (const [index, wanted] of want.entries()) {
    const had = have[index] ?? 0
    if (had !== wanted) return had > wanted
  }
  return true
}

function numbersOf(release: string): readonly number[] {
  return release.split('.').map(Number)
}
