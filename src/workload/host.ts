import type { Layout } from '../geometry/layout.ts'
import type { KernelVersion } from '../units/kernel-version.ts'
import type { Bytes, Count } from '../units/quantity.ts'

/** The machine. */
export interface Host {
  /** MemTotal. */
  readonly memory: Bytes
  readonly layout: Layout
  readonly kernel: KernelVersion
  /** The PGD takes two pages. */
  readonly pti: boolean
  readonly swap: Bytes
  readonly reserves: readonly NamedBytes[]
  /** The kernel's min watermark; absent: derived as the kernel derives it. */
  readonly minFree?: Bytes
  readonly hugepages: readonly HugePagePool[]
  /** Sizes of huge page that this machine has; absent: all those of the layout. */
  readonly hugepageSizes?: readonly Bytes[]
  readonly overcommit: { readonly mode: 'heuristic' | 'always' | 'never'; readonly ratio: number }
  readonly thp: { readonly anonymous: ThpAnonymous; readonly shmem: ThpShmem }
  readonly cgroups: readonly { readonly name: string; readonly limit: Bytes }[]
}

/** Memory that is set aside, and what for. */
export interface NamedBytes {
  readonly name: string
  readonly bytes: Bytes
}

/** Huge pages of one size, set aside at boot or later. */
export interface HugePagePool {
  readonly pageBytes: Bytes
  readonly count: Count
}

/** The switch in /sys/kernel/mm/transparent_hugepage/enabled. */
export type ThpAnonymous = 'always' | 'madvise' | 'never'
/** The switch in /sys/kernel/mm/transparent_hugepage/shmem_enabled. */
export type ThpShmem = 'always' | 'within_size' | 'advise' | 'never'
