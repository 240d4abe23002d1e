import type { Region } from '../../workload/region.ts'
import type { Setting } from '../result/advice-result.ts'
import type { ProgramRules } from './rules.ts'
import { isSince } from './rules.ts'

/**
 * Java: the heap, private memory, or a memfd with ZGC; a JVM that gets no huge pages says so and goes
 * on without (os::Linux::large_page_init() of src/hotspot/os/linux/os_linux.cpp).
 */
export const java: ProgramRules = {
  overheadBytes: besideHeap,
  onHugePages: ({ backing }) =>
    backing === 'anonymous' || backing === 'memfd'
      ? { backing, fallback: 'base-pages' }
      : undefined,
  takesTransparentPages: true,
  settings: ({ isDefault, label, regions }) => [
    {
      kind: 'command-line',
      program: 'java',
      place: 'command line of Java',
      lines: [
        '-XX:+UseLargePages',
        ...(isDefault ? [] : [`-XX:LargePageSizeInBytes=${label.toLowerCase()}`]),
      ],
    },
    ...(regions.every(({ programRelease }) => isSince(programRelease, '9')) ? [check] : []),
  ],
}

/** -Xlog is of Java 9 (JEP 158); an option that a JVM does not know keeps it from starting. */
const check: Setting = {
  kind: 'check',
  program: 'java',
  place: 'command line of Java',
  lines: ['-Xlog:pagesize'],
}

const mib = 2 ** 20
/** ReservedCodeCacheSize, which a JVM puts on huge pages before the heap: measured on OpenJDK 17. */
const codeCacheBytes = 240 * mib
/** Each of G1's five tables begins on a page of its own. */
const roundingBytes = 10 * mib

/**
 * What G1 has beside a heap that somebody wrote the size of: two bitmaps of a bit for 8 bytes (one
 * since JDK 21), three tables of a byte for 512 (G1CollectedHeap::initialize()). ZGC (a memfd) has
 * none of these. Without pages for the code cache there are too few for the heap, and it falls back.
 */
function besideHeap({ size, backing }: Region): number {
  if (backing === 'memfd') return codeCacheBytes
  return codeCacheBytes + Math.ceil((2 * size) / 64 + (3 * size) / 512) + roundingBytes
}
