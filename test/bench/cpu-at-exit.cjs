// Says on standard error how much CPU a program has taken, in milliseconds: for node --require.
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  process.stderr.write(`\ncpu ${(user + system) / 1000}\n`)
})
