/** Defaults of the scenario file, as they would be written there. */
export const defaults = {
  none: '0 B',
  layout: 'x86-64',
  backing: 'posix-shm',
  program: 'other',
  baseTables: '160 KiB',
  kernelMemory: '48 KiB',
  mode: '0600',
  strategy: 'as-described',
  revision: 'v3-2025',
} as const
