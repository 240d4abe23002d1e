/** A group whose private memory is only known by RSS. In KiB, of one process on average. */
export interface ResidentGroup {
  readonly processes: number
  readonly rss: number
  /** What it maps of shared memory on base pages: RSS may consist of it. */
  readonly mapped: number
  /** What files and shared memory back of RSS, where a list has it. */
  readonly shared?: number
}

/** Private memory of one process, in KiB: assumed, and what of it is in memory at least and at most. */
export interface PrivateMemory {
  /** In memory and swapped out. */
  readonly kib: number
  /** The part of it that is in memory. */
  readonly resident: number
  readonly least: number
  readonly most: number
}

/** Private memory of all processes of the machine, in KiB. */
export interface AnonymousMemory {
  /** AnonPages; absent: unknown. */
  readonly anonymous: number | undefined
  readonly swapped: number
}

/**
 * RSS of a process counts shared memory too. Its private memory is at most RSS, and at least RSS less
 * all that it maps. All groups are taken to be equally near to their upper bounds, so that together they
 * have what AnonPages counts; without it, half way. What is swapped out is shared out in proportion.
 */
export function privateMemoryOf(
  groups: readonly ResidentGroup[],
  { anonymous, swapped }: AnonymousMemory,
): readonly PrivateMemory[] {
  const bounds = groups.map(boundsOf)
  const sumOf = (values: readonly number[]): number =>
    groups.reduce((total, { processes }, index) => total + processes * (values[index] ?? 0), 0)
  const [least, most] = [
    sumOf(bounds.map((one) => one.least)),
    sumOf(bounds.map((one) => one.most)),
  ]
  const resident = bounds.map((one) => residentOf(one, { least, most }, anonymous))
  const all = sumOf(resident)
  return bounds.map((one, index) => {
    const inMemory = resident[index] ?? 0
    const out = all === 0 ? 0 : (swapped * inMemory) / all
    return { ...one, resident: inMemory, kib: Math.floor(inMemory + out) }
  })
}

type Bounds = Pick<PrivateMemory, 'least' | 'most'>

function residentOf(own: Bounds, all: Bounds, anonymous: number | undefined): number {
  // Fewer pages than RSS says: what is not anonymous is of files.
  if (anonymous !== undefined && anonymous < all.least) {
    return Math.floor((own.least * anonymous) / all.least)
  }
  const open = all.most - all.least
  const known = anonymous === undefined ? open / 2 : Math.min(open, anonymous - all.least)
  const part = open <= 0 ? 0 : known / open
  return Math.floor(own.least + part * (own.most - own.least))
}

function boundsOf({ rss, mapped, shared }: ResidentGroup): Pick<PrivateMemory, 'least' | 'most'> {
  if (shared !== undefined) {
    const own = Math.max(0, rss - shared)
    return { least: own, most: own }
  }
  return { least: Math.max(0, rss - mapped), most: rss }
}
