/** The usual layout of an architecture, by the names that people and `uname -m` give it. */
export const usualLayouts: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['x86', 'x86-64'],
  ['arm64', 'arm64-4k-48'],
  ['aarch64', 'arm64-4k-48'],
  ['riscv64', 'riscv64-sv48'],
  ['ppc64le', 'ppc64-radix-64k'],
])
