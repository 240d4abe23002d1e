const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does what must not be left half-way: a signal that would end the program ends it afterwards. One
 * that somebody else listens to is left to them.
 */
export function holdingSignals<T>(work: () => T): T {
  const held = endings.filter((signal) => process.listenerCount(signal) === 0)
  const release = (): void => {
    for (const signal of held) process.off(signal, end)
  }
  const end = (signal: NodeJS.Signals): void => {
    release()
    process.kill(process.pid, signal)
  }
  for (const signal of held) process.on(signal, end)
  try {
    return work()
  } finally {
    // Signals are heard between two turns of the event loop.
    setImmediate(() => setImmediate(release))
  }
}
