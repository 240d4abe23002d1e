/** A kernel release. Compared by number: 6.10 is later than 6.9. */
export interface KernelVersion {
  readonly major: number
  readonly minor: number
}

/** The oldest kernel whose VmPTE is one counter for all levels. */
export const oldestKernel: KernelVersion = { major: 4, minor: 15 }
/** The newest kernel whose counters were measured; later ones plan as this one. */
export const newestKernel: KernelVersion = { major: 6, minor: 18 }

/** True where `kernel` is `than` or later. */
export function isAtLeast(kernel: KernelVersion, than: KernelVersion): boolean {
  return kernel.major > than.major || (kernel.major === than.major && kernel.minor >= than.minor)
}
