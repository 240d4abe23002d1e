import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askLimit } from '../limits.ts'
import { Unasked } from '../unasked.ts'
import { callerProgram } from './caller-program.ts'

/** A process that makes the system calls it is told to, and its children. */
export interface Caller {
  readonly pid: number
  /** @returns what the call returned: the negative error number where it failed. */
  readonly call: (...order: readonly number[]) => Promise<number>
  readonly end: () => Promise<void>
}

/** Starts one with a file of so many bytes in shared memory behind its descriptor 3. */
export async function startCaller(fileBytes: number): Promise<Caller> {
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-caller-'))
  const program = join(folder, 'caller')
  const path = `/dev/shm/mshare-plan-timeline-${process.pid}`
  const file = openSync(path, 'wx+')
  rmSync(path)
  let child: ChildProcess
  try {
    ftruncateSync(file, fileBytes)
    writeFileSync(program, callerProgram(), { mode: 0o700 })
    child = spawn(program, [], { stdio: ['pipe', 'pipe', 'ignore', file], env: {} })
    await once(child, 'spawn')
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const end = async (): Promise<void> => {
    if (hasEnded()) return
    const gone = once(child, 'exit')
    child.stdin?.end()
    child.kill('SIGKILL')
    await gone
  }
  const call = (...order: readonly number[]): Promise<number> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL')
        reject(new Unasked(`call ${order.join()} was not answered`))
      }, askLimit)
      const onExit = (): void => {
        clearTimeout(timer)
        reject(new Unasked(`the process ended at call ${order.join()}`))
      }
      child.once('exit', onExit)
      child.stdout?.once('data', (answer: Buffer) => {
        clearTimeout(timer)
        child.off('exit', onExit)
        resolve(Number(answer.readBigInt64LE(0)))
      })
      const numbers = Array.from({ length: 8 }, (_, index) => BigInt(order[index] ?? 0))
      child.stdin?.write(new Uint8Array(BigInt64Array.from(numbers).buffer))
    })
  return { pid: child.pid ?? Number.NaN, call, end }
}

/** In KB. */
export function vmPteNow(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const found = /^VmPTE:\s+(\d+) kB$/m.exec(status)?.[1]
  if (found === undefined) throw new Unasked(`process ${pid} has no VmPTE`)
  return Number(found)
}
