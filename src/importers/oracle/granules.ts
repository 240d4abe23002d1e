const gib = 2 ** 30
const mib = 2 ** 20

/**
 * The unit in which Oracle 11.2 and later hands out the SGA, by its largest size (MEMORY_MAX_TARGET
 * or SGA_MAX_SIZE): My Oracle Support, "How To Determine Granule Size" (947152.1).
 */
export function granuleBytes(largest: number): number {
  return steps.find(([most]) => largest <= most)?.[1] ?? 512 * mib
}

const steps: readonly (readonly [most: number, granule: number])[] = [
  [gib, 4 * mib],
  [8 * gib, 16 * mib],
  [16 * gib, 32 * mib],
  [32 * gib, 64 * mib],
  [64 * gib, 128 * mib],
  [128 * gib, 256 * mib],
]
