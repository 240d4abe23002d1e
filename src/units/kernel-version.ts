/** A kernel release. Compared by number: 6.10 is later than 6.9. */
export interface KernelVersion {
  readonly major: number
  readonly minor: number
}

/** True where `kernel` is `than` or later. */
export function isAtLeast(kernel: KernelVersion, than: KernelVersion): boolean {
  return kernel.major > than.major || (kernel.major === than.major && kernel.minor >= than.minor)
}

/** The release as people write it: `6.10`. */
export function writeKernel({ major, minor }: KernelVersion): string {
  return `${major}.${minor}`
}
