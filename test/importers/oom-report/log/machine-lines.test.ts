import { expect, it } from 'vitest'
import {
  architectureIn,
  bootMemoryIn,
  releaseIn,
} from '../../../../src/importers/oom-report/log/machine-lines.ts'

it.each([
  [
    'CPU: 5 PID: 41306 Comm: oracle_41306_or Not tainted 5.4.17-2136.300.7.el8uek.x86_64 #2',
    '5.4.17-2136.300.7.el8uek.x86_64',
  ],
  [
    'CPU: 7 PID: 20311 Comm: postgres Tainted: G           OE  ------------   3.10.0-1160.el7.x86_64 #1',
    '3.10.0-1160.el7.x86_64',
  ],
  [
    'CPU: 1 UID: 0 PID: 21939 Comm: launcher Not tainted 6.18.44-fc-v657 #1 PREEMPT(none)',
    '6.18.44-fc-v657',
  ],
  [
    'CPU: 0 UID: 0 PID: 1 Comm: a Not tainted 9.9 #1 Tainted: [E]=UNSIGNED_MODULE 6.12.0-55.el10.x86_64 #1 PREEMPT',
    '6.12.0-55.el10.x86_64',
  ],
  ['Linux version 5.15.0-105-generic (buildd@lcy02) (gcc) #115-Ubuntu SMP', '5.15.0-105-generic'],
])('the release in %s', (line, release) => {
  expect(releaseIn(line)).toBe(release)
})

it.each([
  ['RIP: 0033:0x400106', 'x86-64'],
  [' asm_exc_page_fault+0x22/0x30', 'x86-64'],
  [' el0t_64_sync+0x1a0/0x1a4', 'arm64'],
  ['CPU: 1 PID: 7 Comm: a Not tainted 4.18.0-553.el8.ppc64le #1', 'ppc64'],
  ['Krnl PSW : 0704c00180000000', 's390x'],
  ['Mem-Info:', undefined],
])('the architecture of %s', (line, architecture) => {
  expect(architectureIn(line)).toBe(architecture)
})

it('the boot messages say the memory', () => {
  expect(bootMemoryIn('Memory: 16290236K/16776760K available (14339K kernel code)')).toBe(16290236)
})
