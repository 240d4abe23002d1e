import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importScenario } from '../../../src/importers/import-scenario.ts'
import { plan } from '../../../src/plan/plan.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { cpuTime } from '../../cpu-time.ts'
import { javaLog, logText, podLog, webLog } from './fixtures.ts'

/** A scenario that plans, or issues. */
function outcome(text: string): 'planned' | 'refused' {
  const made = importScenario('log', { log: text }, { kind: 'oom-report' })
  if (!made.ok) {
    expect(made.issues.length).toBeGreaterThan(0)
    return 'refused'
  }
  const read = readScenario(made.text, 'log.yaml')
  if (!read.ok) throw new Error(`${JSON.stringify(read.issues)}\n${made.text}`)
  expect(plan(read.workload, read).strategies.length).toBeGreaterThan(0)
  return 'planned'
}

describe('a report that is damaged becomes a scenario that plans, or issues', () => {
  const texts = [webLog, podLog, javaLog].map(logText)
  const found = { planned: 0, refused: 0 }

  it('cut at any byte, at head and tail', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (text, share, isHead) => {
          const at = Math.floor(text.length * share)
          found[outcome(isHead ? text.slice(at) : text.slice(0, at))] += 1
        },
      ),
      { numRuns: 60 },
    )
    expect(found.planned).toBeGreaterThan(0)
    expect(found.refused).toBeGreaterThan(0)
  })

  it('with other numbers, words and characters in it', () => {
    const replacement = fc.constantFrom(
      '99999999999999999999',
      '9007199254740993',
      '4503599627370495',
      '-1',
      '0',
      '\u0000',
      '\u001b[2J',
      '__proto__',
      '\u202e',
      '\n',
      '#012',
      ' ',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.tuple(fc.nat(), replacement), { minLength: 1, maxLength: 8 }),
        (text, edits) => {
          const numbers = [...text.matchAll(/\d+|[a-z]+/g)]
          const damaged = edits.reduce((before, [which, by]) => {
            const { 0: old = '', index = 0 } = numbers[which % numbers.length] ?? {}
            return before.slice(0, index) + by + before.slice(index + old.length)
          }, text)
          outcome(damaged)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('with commands that are hostile', () => {
    for (const name of [
      '__proto__',
      'constructor',
      '\u001b[31mred',
      'a: b # c',
      '"',
      '(x) total-vm:1kB',
      '[  pid  ]',
      '$(reboot)',
    ]) {
      expect(outcome(logText(webLog).replaceAll(' httpd', ` ${name}`)), name).toBe('planned')
    }
  })
})

it('megabytes of anything end in time', () => {
  const task = '[   1201]     0  1201    13120     1000    90112        0             0 sshd\n'
  for (const part of [
    'a',
    '\n',
    '[',
    '> ',
    '#012',
    'kernel: ',
    '[1.5]',
    'a_b:1 ',
    'Node 0 ',
    task,
    'Killed process 9 (',
    'x invoked oom-killer: \n',
  ]) {
    const text = part.repeat(Math.floor(2 ** 21 / part.length))
    const before = cpuTime()
    importScenario('log', { log: text }, { kind: 'oom-report' })
    expect(cpuTime() - before, JSON.stringify(part)).toBeLessThan(20_000)
  }
})
