import { expect, it } from 'vitest'
import { messageOf } from '../../../../src/importers/oom-report/log/log-message.ts'

const message = 'postgres invoked oom-killer: gfp_mask=0x0, order=0'
const task = '[   1201]     0  1201    13120     1000    90112        0          -250 sshd'

it.each([
  ['dmesg', '[8126401.113702] ', '8126401.113702'],
  ['dmesg with callers', '[   12.345678][ T1234] ', '12.345678'],
  ['dmesg -T', '[Thu Mar 12 03:14:07 2026] ', 'Thu Mar 12 03:14:07 2026'],
  ['dmesg -H', '[Mar12 03:14] ', 'Mar12 03:14'],
  ['the lines of dmesg -H behind it', '[  +0.000005] ', '+0.000005'],
  ['dmesg -d', '[<    0.000012>] ', '<    0.000012>'],
  ['dmesg -x', 'kern  :warn  : [8126401.113702] ', '8126401.113702'],
  [
    'dmesg --time-format iso',
    '2026-03-12T03:14:07,123456+00:00 ',
    '2026-03-12T03:14:07,123456+00:00',
  ],
  ['dmesg --color=always', '\u001b[32m[8126401.113702] \u001b[0m', '8126401.113702'],
  ['another language', '[月  3月 12 03:14:07 2026] ', '月  3月 12 03:14:07 2026'],
  ['a serial console', '<4>[8126401.113702] ', '8126401.113702'],
  ['journalctl -k', 'Mar 12 03:14:07 db1 kernel: ', 'Mar 12 03:14:07'],
  ['journalctl -o short-iso', '2026-03-12T03:14:07+0000 db1 kernel: ', '2026-03-12T03:14:07+0000'],
  ['journalctl -o short-precise', 'Mar 12 03:14:07.123456 db1 kernel: ', 'Mar 12 03:14:07.123456'],
  [
    'journalctl -o short-full',
    'Thu 2026-03-12 03:14:07 UTC db1 kernel: ',
    'Thu 2026-03-12 03:14:07 UTC',
  ],
  ['journalctl -o short-unix', '1773285247.123456 db1 kernel: ', '1773285247.123456'],
  ['journalctl -o short-monotonic', '[49269.400728] db1 kernel: ', '49269.400728'],
  ['journalctl -o cat', '', ''],
  ['syslog with both', 'Mar  2 03:14:07 db1 kernel: [8126401.113702] ', 'Mar  2 03:14:07'],
  [
    'RFC 5424 with an id and data',
    '<4>1 2026-03-12T03:14:07.123Z db1 kernel 0 ID47 [meta sequenceId="7"] ',
    '2026-03-12T03:14:07.123Z',
  ],
  ['syslog with a priority', 'Mar 12 03:14:07 db1 kern.warn kernel: ', 'Mar 12 03:14:07'],
  [
    'containers on a node',
    '2026-03-12T03:14:07.12Z stderr F [12.345678] ',
    '2026-03-12T03:14:07.12Z',
  ],
  ['a hypervisor', '(XEN) [8126401.113702] ', '8126401.113702'],
  ['a console server', '03/12/26 03:14:07 [8126401.113702] ', '8126401.113702'],
  ['cat -n', '    12\t[8126401.113702] ', '8126401.113702'],
  ['grep -n', '12:[Thu Mar 12 03:14:07 2026] ', 'Thu Mar 12 03:14:07 2026'],
  ['RFC 5424', '<4>1 2026-03-12T03:14:07.123Z db1 kernel - - - ', '2026-03-12T03:14:07.123Z'],
  ['a quoted mail', '> > [8126401.113702] ', '8126401.113702'],
])('%s: the message is what the kernel said', (_, prefix, stamp) => {
  expect(messageOf(`${prefix}${message}\r`)).toEqual({ text: message, stamp })
  expect(messageOf(`${prefix}${task}`)).toEqual({ text: task, stamp })
})

it('the bracket of a process is no stamp, whatever it is called', () => {
  const named = '[ 4711]     0  4711     1111      163       7        0             0 a kernel: b'
  expect(messageOf(named).text).toBe(named)
})

it('a table that was copied with tabs between its columns is one with spaces', () => {
  const copied = task.replaceAll(/ {2,}/g, '\t')
  expect(messageOf(`Mar 12 03:14:07 db1 kernel: ${copied}`).text).toBe(copied.replaceAll('\t', ' '))
})
