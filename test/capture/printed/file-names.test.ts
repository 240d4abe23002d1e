import { describe, expect, it } from 'vitest'
import { isWorthReading, kindNamed } from '../../../src/capture/printed/file-names.ts'

describe('the name of a file', () => {
  it.each([
    ['ps', 'processes'],
    ['sos_commands/process/ps_auxwwwm', 'processes'],
    ['insights_commands/ps_-eo_pid_ppid_comm', 'processes'],
    ['db1-ps-aux.txt', 'processes'],
    ['psaux.log', 'processes'],
    ['proc_meminfo', 'meminfo'],
    ['ipcs_-m_-p', 'segments'],
    ['free_-m', 'free'],
    ['numastat.txt', 'nodes'],
    ['https_oops', undefined],
    ['freeze', undefined],
  ])('says what it holds: %s', (name, kind) => {
    expect(kindNamed(name)).toBe(kind)
  })

  it.each([
    ['meminfo.txt', 'named'],
    ['memory.txt', 'named'],
    ['notes.md', 'perhaps'],
    ['ps.yaml', undefined],
    ['.ps', 'named'],
    ['etc/free', undefined],
    ['sos_commands/process/lsof', undefined],
    ['proc/buddyinfo', 'named'],
  ])('decides whether it is read: %s', (path, worth) => {
    expect(isWorthReading(path)).toBe(worth)
  })
})
