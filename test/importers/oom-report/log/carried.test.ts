import { describe, expect, it } from 'vitest'
import { carriedIn } from '../../../../src/importers/oom-report/log/carried.ts'

const message = 'Killed process 9 (a "b") total-vm:1kB'
const quoted = JSON.stringify(message)
const stamp = '2026-03-12 03:14:07 UTC'

describe('a message is taken out of what carries it', () => {
  it.each([
    [
      'journalctl -o json',
      `{"__REALTIME_TIMESTAMP":"1773285247113702","MESSAGE":${quoted}}`,
      stamp,
    ],
    ['an array of them', `,{"MESSAGE":${quoted},"__REALTIME_TIMESTAMP":"1773285247113702"}`, stamp],
    ['journalctl -o json-sse', `data: {"MESSAGE":${quoted}}`, undefined],
    ['journalctl -o json-pretty', `\t"MESSAGE" : ${quoted},`, undefined],
    ['dmesg --json', `         "msg": ${quoted}`, undefined],
    ['Docker', `{"log":${quoted},"stream":"stdout","time":"2026-03-12T03:14:07Z"}`, undefined],
    ['stdout_lines of Ansible', `        ${quoted},`, undefined],
    ['journalctl -o export', `MESSAGE=${message}`, undefined],
    ['journalctl -o verbose', `    MESSAGE=${message}`, undefined],
    ['/dev/kmsg', `4,1000,8126401113702,-,caller=T1;${message}`, '8126401.113702'],
    ['netconsole with the release', `6.4.0,4,1000,113702,-,ncfrag=0/33;${message}`, '0.113702'],
  ])('%s', (_, line, at) => {
    expect(carriedIn(line)).toEqual(
      at === undefined ? { text: message } : { text: message, stamp: at },
    )
  })

  it('and its time, where that is on a line of its own', () => {
    expect(carriedIn('__REALTIME_TIMESTAMP=1773285247113702')).toEqual({ stamp })
    expect(carriedIn('"__REALTIME_TIMESTAMP" : "1773285247113702",')).toEqual({ stamp })
    expect(carriedIn('         "time":  8126401.113702,')).toEqual({ stamp: '8126401.113702' })
  })

  it('with its bytes, where it is no UTF-8, and with its lines', () => {
    expect(carriedIn('{"MESSAGE":[91,32,57,93]}')).toEqual({ text: '[ 9]' })
    expect(carriedIn('{"MESSAGE":"a:1\\n b:2"}')).toEqual({ text: 'a:1\n b:2' })
    expect(carriedIn('4,1,2,-;a:1\\x0a b:2')).toEqual({ text: 'a:1\n b:2', stamp: '0.000002' })
  })
})

it.each([
  '8126030 pages RAM',
  '[8126401.113702] "a" invoked oom-killer: order=0',
  '"a" invoked oom-killer: "b"',
  '"PRIORITY" : "4",',
  '{"MESSAGE":"not ended',
  '{"MESSAGE":[1,{}]',
  '4,1000,8126401113702,-',
])('plain text and what is damaged carry nothing: %s', (line) => {
  expect(carriedIn(line)).toBeUndefined()
})
