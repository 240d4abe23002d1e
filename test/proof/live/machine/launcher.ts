import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Unasked } from '../unasked.ts'
import { launcherProgram, launchOrder } from './launcher-program.ts'

/** Starts processes of a few pages each, all of which map the same file. */
export interface Launcher {
  readonly pid: number
  /**
   * Starts one more process that maps so much of the file and touches it at every stride.
   * @returns its pid, or `undefined` where `ended` came true first.
   * @throws Unasked with the error number where the kernel refuses the mapping.
   */
  readonly launch: (map: LaunchedMap, ended?: () => boolean) => Promise<number | undefined>
  /** Ends it, and all that it has started. */
  readonly end: () => Promise<void>
}

/** In bytes; a length of 0 maps nothing. */
export interface LaunchedMap {
  readonly at: number
  readonly length: number
  readonly stride: number
  /** Of the file, unless said otherwise. */
  readonly kind?: keyof typeof flags
}

/** include/uapi/asm-generic/mman-common.h; what is not promised is with MAP_NORESERVE. */
const flags = {
  file: 0x104001,
  anonymous: 0x104022,
  hugetlb: 0x144021,
  'promised anonymous': 0x100022,
  'promised shared': 0x100021,
} as const

/** A process that maps nothing. */
export const nothing: LaunchedMap = { at: 0, length: 0, stride: 1 }

const launchLimit = 20_000
const pollMs = 5

/** A process that must come. */
export async function launched(launcher: Launcher | undefined, map: LaunchedMap): Promise<number> {
  const pid = await launcher?.launch(map)
  if (pid === undefined) throw new Unasked('no process')
  return pid
}

/** Where each page that is touched is a page of its own: not mounted with huge=always. */
const folder = '/dev/shm'

/** With launchers that share a new file: of an old one, other cgroups have paid for the pages. */
export async function withLaunchers<T>(
  count: number,
  fileBytes: number,
  use: (launchers: readonly Launcher[]) => Promise<T>,
): Promise<T> {
  const launchers: Launcher[] = []
  const file = join(folder, `mshare-plan-oracle-${process.pid}`)
  const fd = openSync(file, 'wx+')
  try {
    ftruncateSync(fd, fileBytes)
    while (launchers.length < count) launchers.push(await startLauncher(file))
    return await use(launchers)
  } finally {
    closeSync(fd)
    rmSync(file)
    for (const launcher of launchers) await launcher.end()
  }
}

/** @param path the file to map, which must be open for reading and writing as long as they run. */
async function startLauncher(path: string): Promise<Launcher> {
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-launcher-'))
  const program = join(folder, 'launcher')
  const file = openSync(path, 'r+')
  let child: ChildProcess
  try {
    writeFileSync(program, launcherProgram(), { mode: 0o700 })
    child = spawn(program, [], { stdio: ['pipe', 'pipe', 'ignore', file], env: {} })
    await once(child, 'spawn')
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
  const pids = pidsOf(child)
  const launched: number[] = []
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const launch: Launcher['launch'] = async (map, ended = () => false) => {
    const { at, length, stride, kind = 'file' } = map
    child.stdin?.write(launchOrder(at, length, stride, flags[kind]))
    const limit = performance.now() + launchLimit
    while (pids.length === 0 && !ended()) {
      if (hasEnded()) throw new Unasked('the process that launches the others has ended')
      await tick(limit)
    }
    const [pid] = pids.splice(0, 1).map(mapped)
    if (pid !== undefined) launched.push(pid)
    // Asked again: a process may have gone on only because another one was killed for it.
    return ended() ? undefined : pid
  }
  const end = async (): Promise<void> => {
    if (hasEnded()) return
    // While it lives: of what ends after it, nobody may ever collect the remains.
    const limit = performance.now() + launchLimit
    while ([...launched, ...pids.filter((pid) => pid > 0)].filter(isKilled).length > 0)
      await tick(limit)
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return { pid: child.pid ?? Number.NaN, launch, end }
}

function mapped(answer: number): number {
  if (answer < 0) throw new Unasked(`mmap: errno ${-answer}`)
  return answer
}

async function tick(limit: number): Promise<void> {
  if (performance.now() > limit) throw new Unasked(`nothing within ${launchLimit / 1000} s`)
  await sleep(pollMs)
}

/** Whether there was still something to kill. */
function isKilled(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

/** The pids that its processes have written so far. */
function pidsOf({ stdout }: ChildProcess): number[] {
  const pids: number[] = []
  let rest = Buffer.alloc(0)
  stdout?.on('data', (more: Buffer) => {
    rest = Buffer.concat([rest, more])
    for (; rest.length >= 4; rest = rest.subarray(4)) pids.push(rest.readInt32LE(0))
  })
  return pids
}
