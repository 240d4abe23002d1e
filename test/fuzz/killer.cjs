// Loaded before the program (node --require): ends its own process at one of the calls by which the
// program writes. KILL_AT is the number of the call, from 1; KILL_WHEN is before, halfway or after.
const fs = require('node:fs')

const calls = [
  ...['mkdtempSync', 'rmdirSync', 'openSync', 'writeFileSync', 'fsyncSync', 'closeSync'],
  ...['chownSync', 'chmodSync', 'renameSync', 'rmSync'],
]
const { KILL_AT: at, KILL_WHEN: when, KILL_SIGNAL: signal = 'SIGKILL' } = process.env
let writing = false
let count = 0

for (const name of calls) {
  const original = fs[name]
  fs[name] = (...words) => {
    // What is opened and closed before the first folder is made is only read.
    writing ||= name === 'mkdtempSync'
    if (!writing || ++count !== Number(at)) return original(...words)
    // A signal of one's own arrives before kill returns: kill(2). The program may hold it until it has written.
    if (when === 'halfway' && name === 'writeFileSync') {
      const [file, text] = words
      original(file, half(text))
      process.kill(process.pid, signal)
      return original(file, text.slice(half(text).length))
    }
    if (when !== 'after') process.kill(process.pid, signal)
    const answer = original(...words)
    if (when === 'after') process.kill(process.pid, signal)
    return answer
  }
}

function half(text) {
  return text.slice(0, text.length / 2)
}
