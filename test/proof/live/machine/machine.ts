import { readFileSync } from 'node:fs'
import { release } from 'node:os'
import { parseKernel } from '../../../../src/scenario/schema/kernel-version.ts'
import type { HostText } from '../../../../src/scenario/schema/scenario-text.ts'
import { writeKernel } from '../../../../src/units/kernel-version.ts'
import type { Kernel } from './kernel.ts'
import { openKernel } from './kernel.ts'

/** The machine under the test, or why it cannot be asked. */
export type Machine =
  | { readonly ok: true; readonly kernel: Kernel; readonly host: HostText }
  | { readonly ok: false; readonly reason: string }

/** Most processes of a case. */
export const mostProcesses = 6

/** Looks at the machine, and starts the processes that will measure. */
export async function openMachine(): Promise<Machine> {
  const reason = unfitness()
  if (reason !== undefined) return { ok: false, reason }
  try {
    return { ok: true, kernel: await openKernel(mostProcesses), host: hostText() }
  } catch (error) {
    return { ok: false, reason: `no C library can be called: ${(error as Error).message}` }
  }
}

function unfitness(): string | undefined {
  if (process.platform !== 'linux') return `${process.platform} has no Linux page tables`
  if (process.arch !== 'x64') return `which layout a kernel on ${process.arch} has is not known`
  if (parseKernel(release()) === undefined) return `what kernel ${release()} is, is not known`
  const overcommit = readFileSync('/proc/sys/vm/overcommit_memory', 'latin1').trim()
  return overcommit === '2' ? 'vm.overcommit_memory is 2: no large mappings' : undefined
}

/** A machine large enough for whatever is drawn, with the tables of this one. */
function hostText(): HostText {
  const kernel = parseKernel(release())
  return {
    memory: '1024 TiB',
    layout: /\bla57\b/.test(readFileSync('/proc/cpuinfo', 'latin1')) ? 'x86-64-5level' : 'x86-64',
    ...(kernel === undefined ? {} : { kernel: writeKernel(kernel) }),
    hugepages: { '2 MiB': 2 ** 26, '1 GiB': 2 ** 17 },
  }
}
