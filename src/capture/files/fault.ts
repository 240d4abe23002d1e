import type { TreeReason } from './tree.ts'

/** Why something that was read cannot be used. `faultWords` of refusal-words.ts says it. */
export type Fault = ValueFault | StatusFault | SpaceFault | MachineFault | CaptureFault

/** One value of a kernel text; `key` is its name there. */
export type ValueFault =
  | { readonly kind: 'past-2^53-bytes'; readonly key: string }
  | { readonly kind: 'past-2^53'; readonly key: string }
  | { readonly kind: 'twice'; readonly key: string }
  | { readonly kind: 'wrong-unit'; readonly key: string }
  | { readonly kind: 'no-whole-number'; readonly key: string }
  | { readonly kind: 'missing'; readonly key: string }
  | { readonly kind: 'above-mem-total'; readonly key: string }

/** /proc/PID/status as a whole. */
export type StatusFault =
  | { readonly kind: 'ids-missing' }
  | { readonly kind: 'rss-below-anonymous' }
  | { readonly kind: 'pages-without-tables' }
  | { readonly kind: 'impossible-threads'; readonly threads: number }
  | { readonly kind: 'main-thread-ended' }

/** The mappings of a process, in smaps or maps. */
export type SpaceFault =
  /** No mapping was read: the process has ended, or a tool copied nothing. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'unread'; readonly reason: TreeReason; readonly detail?: string }
  | { readonly kind: 'strange-line' }
  | { readonly kind: 'cut-off-line' }
  | { readonly kind: 'cut-off-mapping' }
  /** Smaps has fewer mappings than maps. */
  | { readonly kind: 'fewer-mappings'; readonly mappings: number; readonly listed: number }
  /** No stack, and less than VmSize, both in KiB. */
  | { readonly kind: 'no-stack'; readonly kib: number; readonly sizeKib: number }
  | { readonly kind: 'endless' }
  | { readonly kind: 'out-of-order' }
  | { readonly kind: 'field-twice'; readonly key: string }
  | { readonly kind: 'field-no-kib'; readonly key: string }
  | { readonly kind: 'unknown-page-size' }
  | { readonly kind: 'rss-above-mapping' }
  | { readonly kind: 'anonymous-above-rss' }
  | { readonly kind: 'huge-above-rss' }
  | { readonly kind: 'hugetlb-above-mapping' }

/** The machine as a whole: nothing can be planned for it. */
export type MachineFault =
  | { readonly kind: 'no-meminfo' }
  | { readonly kind: 'no-mem-total' }
  | { readonly kind: 'mem-total'; readonly fault: ValueFault }
  | { readonly kind: 'mem-total-zero' }
  /** `shape`: whose page tables; `by`: what shows it. */
  | { readonly kind: 'not-modelled'; readonly shape: string; readonly by?: string }
  | { readonly kind: 'several-machines'; readonly roots: readonly [string, string] }
  | { readonly kind: 'proc-itself' }
  /** In the words of the reader of archives. */
  | { readonly kind: 'bad-archive'; readonly why: string }

/** The capture as a whole. */
export type CaptureFault =
  | { readonly kind: 'no-process' }
  /** Texts without the output of any known command. */
  | { readonly kind: 'nothing-printed' }
  /** Outputs of commands, but none that says how much memory there is. */
  | { readonly kind: 'memory-unprinted' }
  | { readonly kind: 'none-readable' }
  | { readonly kind: 'none-fits'; readonly processes: number }
  | { readonly kind: 'inexact'; readonly quantity: string }
  /** `why`: the first complaint of the reader of scenarios. */
  | { readonly kind: 'unplannable'; readonly why?: string }
