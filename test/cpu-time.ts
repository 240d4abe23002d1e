/** Milliseconds that this process has computed: waiting for a busy machine does not count. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
