import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { holdingSignals } from '../../../src/cli/machine/held-signals.ts'

const kill = vi.spyOn(process, 'kill').mockImplementation(() => true)
afterEach(() => {
  kill.mockClear()
})

function hangUp(): void {
  execFileSync('kill', ['-HUP', String(process.pid)])
}

it('gives the answer, and listens no more when the signals have been heard', async () => {
  expect(holdingSignals(() => 'done')).toBe('done')
  await sleep(20)
  expect(process.listenerCount('SIGHUP')).toBe(0)
  expect(kill).not.toHaveBeenCalled()
})

it('ends the program by a signal that came meanwhile, once the work is done', async () => {
  const work = holdingSignals(() => {
    hangUp()
    return kill.mock.calls.length
  })
  expect(work).toBe(0)
  await sleep(20)
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']])
  expect(process.listenerCount('SIGHUP')).toBe(0)
})

it('does so where the work fails', async () => {
  expect(() =>
    holdingSignals(() => {
      hangUp()
      throw new Error('full')
    }),
  ).toThrow('full')
  await sleep(20)
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGHUP']])
})

it('leaves a signal to whoever listens to it', async () => {
  const heard = vi.fn()
  process.once('SIGHUP', heard)
  holdingSignals(hangUp)
  await sleep(20)
  expect(heard).toHaveBeenCalledOnce()
  expect(kill).not.toHaveBeenCalled()
})
