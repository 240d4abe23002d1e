import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { askLimit } from '../limits.ts'
import { Unasked } from '../unasked.ts'
import type { Answer, Order } from './orders.ts'

/** A child process that maps and touches memory on demand. */
export interface Worker {
  /** Rejects with {@link Unasked} where the process fails, ends, or does not answer in time. */
  readonly pid: number
  readonly ask: (order: Order) => Promise<Answer>
  readonly end: () => Promise<void>
}

/** One thread, and few places where the program's own memory can grow while it measures. */
const quiet = ['--single-threaded', '--no-opt', '--no-warnings']

/** Starts a process; rejects with the reason where its C library cannot be called. */
export async function startWorker(): Promise<Worker> {
  const child = fork(new URL('./child.mjs', import.meta.url), [], {
    execArgv: quiet,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', MALLOC_ARENA_MAX: '1' },
  })
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaint += text.toString()
  })
  const ask = async (order: Order | undefined): Promise<Answer> => {
    const answer = nextAnswer(child, () => complaint)
    if (order !== undefined) child.send(order)
    const given = await answer
    if (given.error !== undefined) throw new Unasked(given.error)
    return given
  }
  await ask(undefined)
  return { pid: child.pid ?? 0, ask, end: () => endOf(child) }
}

function nextAnswer(child: ChildProcess, complaint: () => string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: unknown): void => {
      clearTimeout(timer)
      child.off('exit', onExit)
      resolve(answer as Answer)
    }
    const onExit = (code: number | null, signal: string | null): void => {
      clearTimeout(timer)
      child.off('message', onMessage)
      reject(new Unasked(`the process ended: ${signal ?? `status ${code}`}\n${complaint()}`))
    }
    const onTimeout = (): void => {
      child.off('message', onMessage)
      child.off('exit', onExit)
      child.kill('SIGKILL')
      reject(new Unasked(`the process did not answer within ${askLimit / 1000} s`))
    }
    const timer = setTimeout(onTimeout, askLimit)
    child.once('message', onMessage)
    child.once('exit', onExit)
  })
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
