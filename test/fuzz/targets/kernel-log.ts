import { gzipSync } from 'node:zlib'
import type { Choices } from '../choices.ts'
import { damagedBytes, damagedText } from '../damage.ts'
import { kernelLogs } from '../material.ts'
import type { Target } from './target.ts'

/** Kernel logs with reports of the out-of-memory killer, in every carrier, and damaged. */
export const kernelLog: Target = {
  share: 2,
  draw: (choices) => {
    const text = choices.pick(carriers)(excerpt(choices.pick(kernelLogs), choices))
    const damaged = damagedText(text, choices, kernelLogs)
    const bytes = new TextEncoder().encode(damaged)
    const file = choices.oneIn(8) ? damagedBytes(packed(bytes, choices), choices) : bytes
    const command = choices.pick([['postmortem'], ['import', '--kind', 'oom-report'], ['import']])
    return {
      argv: [...command, 'oom.log', ...choices.some(2, () => choices.pick(flags)).flat()],
      files: { 'oom.log': file },
    }
  },
}

/** A list of 1,500 processes says no more than one of 30. */
function excerpt(log: string, choices: Choices): string {
  const most = 1 + choices.below(60)
  let listed = 0
  const isKept = (line: string): boolean => {
    if (!/\] *\d+ +\d+ +\d+ +\d+/.test(line)) return true
    listed += 1
    return listed <= most
  }
  return log.split('\n').filter(isKept).join('\n')
}

function packed(bytes: Uint8Array, choices: Choices): Uint8Array {
  return choices.oneIn(2) ? new Uint8Array(gzipSync(bytes)) : bytes
}

const carriers: readonly ((log: string) => string)[] = [
  (log) => log,
  (log) => eachLine(log, (line) => JSON.stringify({ MESSAGE: line })),
  (log) => eachLine(log, (line) => `4,1,8126401113702,-;${line}`),
  (log) => eachLine(log, (line) => `MESSAGE=${line}`),
  (log) => eachLine(log, (line) => `${line.slice(0, 80)}…`),
]

function eachLine(log: string, change: (line: string) => string): string {
  return log.split('\n').map(change).join('\n')
}

const flags = [
  ['-f', 'json'],
  ['--memory', '64GB'],
  ['--memory', '1'],
  ['--report', '1'],
  ['--report', '2'],
  ['-q'],
]
