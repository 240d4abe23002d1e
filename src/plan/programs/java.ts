import type { ProgramRules } from './rules.ts'

/**
 * Java: the heap, private memory, or a memfd with ZGC; a JVM that gets no huge pages says so and goes
 * on without (os::Linux::large_page_init() of src/hotspot/os/linux/os_linux.cpp).
 */
export const java: ProgramRules = {
  onHugePages: ({ backing }) =>
    backing === 'anonymous' || backing === 'memfd'
      ? { backing, fallback: 'base-pages' }
      : undefined,
  takesTransparentPages: true,
  settings: ({ isDefault, label }) => [
    {
      kind: 'command-line',
      program: 'java',
      place: 'command line of Java',
      lines: [
        '-XX:+UseLargePages',
        ...(isDefault ? [] : [`-XX:LargePageSizeInBytes=${label.toLowerCase()}`]),
      ],
    },
    {
      kind: 'check',
      program: 'java',
      place: 'command line of Java',
      lines: ['-Xlog:pagesize'],
    },
  ],
}
