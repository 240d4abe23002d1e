import type { Architecture } from './report.ts'

/** The release in the line of the process: dump_stack_print_info() of lib/dump_stack.c. */
export function releaseIn(line: string): string | undefined {
  if (line.startsWith('CPU: ') || line.startsWith('Pid: ') || line.startsWith('Comm: ')) {
    const at = Math.max(line.lastIndexOf('Not tainted '), line.lastIndexOf('Tainted: '))
    return /\s(\d{1,3}[.]\d{1,4}[\w.+~-]{0,80})(?:\s+#|\s*$)/.exec(line.slice(Math.max(0, at)))?.[1]
  }
  return /^Linux version (\d{1,3}[.]\d{1,4}\S{0,80})/.exec(line)?.[1]
}

/** What only one architecture prints: registers of its traces, names of its functions, its release. */
export function architectureIn(line: string): Architecture | undefined {
  return signs.find(([, form]) => form.test(line))?.[0]
}

const signs: readonly (readonly [Architecture, RegExp])[] = [
  ['x86-64', /^RIP: [\da-f]{4}:|^\s?(?:asm_exc_|asm_sysvec_|entry_SYSCALL_64|__x64_sys_)/],
  ['x86-64', /^Comm: .*[.]x86_64|^CPU: .*[.]x86_64\b|^CPU: .*-amd64\b/],
  [
    'arm64',
    /^\s?el0t?_64_|^\s?(?:el0_svc|el0_da|__arm64_sys_)|^CPU: .*[.]aarch64\b|^CPU: .*-arm64\b/,
  ],
  ['ppc64', /^NIP[: ]|^CPU: .*[.]ppc64(?:le|el)?\b|^\[?c0000000/],
  ['s390x', /^Krnl (?:PSW|GPRS)|^CPU: .*[.]s390x\b/],
  ['riscv64', /^epc : |^CPU: .*[.]riscv64\b|^\s?handle_exception\+/],
]

/** MemTotal nearly: mem_init_print_info() of mm/mm_init.c prints it when the machine starts, in KiB. */
export function bootMemoryIn(line: string): number | undefined {
  if (!line.startsWith('Memory: ')) return undefined
  const [, kib] = /^Memory: (\d{1,13})[kK]\/\d{1,13}[kK] available/.exec(line) ?? []
  return kib === undefined ? undefined : Number(kib)
}
