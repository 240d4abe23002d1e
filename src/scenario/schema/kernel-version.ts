import type { KernelVersion } from '../../units/kernel-version.ts'

/** Reads `6.10` and what `uname -r` prints, `5.15.0-105-generic`; `undefined` where it is neither. */
export function parseKernel(text: string): KernelVersion | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})(?:[.+~-].*)?$/.exec(text.trim())
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) }
}
