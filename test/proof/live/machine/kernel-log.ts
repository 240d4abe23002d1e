import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** What dmesg prints, in lines; `undefined` where it may not be read. */
export function kernelLog(): readonly string[] | undefined {
  const { status, stdout } = spawnSync('dmesg', [], { encoding: 'latin1', maxBuffer: 2 ** 28 })
  return status === 0 ? stdout.split('\n') : undefined
}

/** What the kernel has said since, as text. @param before what dmesg printed then. */
export function kernelLogSince(before: readonly string[]): string {
  const known = new Set(before)
  return (kernelLog() ?? []).filter((line) => !known.has(line)).join('\n')
}

/** Of more than 10 kills in 5 seconds the kernel prints no list (oom_kill_process() in mm/oom_kill.c). */
const reportInterval = 5_500

/** Until the kernel prints whole reports again, whatever was killed before. */
export async function untilReportsAreWhole(): Promise<void> {
  await sleep(reportInterval)
}
