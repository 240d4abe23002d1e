import type { Watch } from './world.ts'

/** Watches for SIGINT. A second one ends the program at once, as it ends any other. */
export function watchInterrupts(): Watch {
  let interrupted = false
  let tell = (): void => {}
  const note = (): void => {
    interrupted = true
    tell()
  }
  process.once('SIGINT', note)
  return {
    before: async (awaited) => {
      // Signals are heard between two turns of the event loop.
      await new Promise((settle) => setImmediate(settle))
      return new Promise((settle, fail) => {
        tell = () => settle('interrupted')
        if (interrupted) tell()
        awaited.then(settle, fail)
      })
    },
    end: () => {
      process.off('SIGINT', note)
      if (interrupted) process.kill(process.pid, 'SIGINT')
    },
  }
}
