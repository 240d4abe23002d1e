import { describe, expect, it } from 'vitest'
import {
  describesHost,
  firstOf,
  isSetTwice,
  releaseOf,
  settingOf,
} from '../../../src/capture/files/host-files.ts'

const sysctl = 'sos_commands/kernel/sysctl_-a'
const filesOf = (files: Readonly<Record<string, string>>) => new Map(Object.entries(files))

describe('files that describe the machine', () => {
  it.each([
    'proc/meminfo',
    'sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages',
    'sys/fs/cgroup/a.slice/memory.max',
    'boot/config-6.1.0-13-amd64',
  ])('%s is one', (path) => expect(describesHost(path)).toBe(true))

  it.each(['proc/1/status', 'sys/kernel/mm/hugepages/x/nr_hugepages', 'boot/a/config-6'])(
    '%s is none',
    (path) => expect(describesHost(path)).toBe(false),
  )
})

describe('a setting', () => {
  it('is read from /proc/sys, else from what sysctl -a said', () => {
    const listed = 'vm.overcommit_memory = 2\nvm.overcommit_ratio = 80\n'
    expect(settingOf(filesOf({ [sysctl]: listed }), 'vm.overcommit_ratio')).toBe('80')
    const own = { 'proc/sys/vm/overcommit_ratio': '50\n', [sysctl]: listed }
    expect(settingOf(filesOf(own), 'vm.overcommit_ratio')).toBe('50\n')
    expect(settingOf(filesOf({}), 'vm.overcommit_ratio')).toBeUndefined()
  })

  it('that sysctl -a lists twice is set twice, unless /proc/sys has it', () => {
    const twice = { [sysctl]: 'vm.a = 1\nvm.a = 2\nvm.ab = 3\n' }
    expect(isSetTwice(filesOf(twice), 'vm.a')).toBe(true)
    expect(isSetTwice(filesOf(twice), 'vm.ab')).toBe(false)
    expect(isSetTwice(filesOf({ ...twice, 'proc/sys/vm/a': '1\n' }), 'vm.a')).toBe(false)
  })
})

describe('the release', () => {
  it('is osrelease, else that of /proc/version, else that of uname -a', () => {
    const uname = { 'sos_commands/kernel/uname_-a': 'Linux db1 5.14.0-427 #1 SMP x86_64\n' }
    const version = { ...uname, 'proc/version': 'Linux version 6.1.0-13 (gcc)\n' }
    expect(releaseOf(filesOf(uname))).toBe('5.14.0-427')
    expect(releaseOf(filesOf(version))).toBe('6.1.0-13')
    const own = { ...version, 'proc/sys/kernel/osrelease': '6.8.0\n' }
    expect(releaseOf(filesOf(own))).toBe('6.8.0')
  })

  it('is taken from the first text that is not empty', () => {
    expect(firstOf(filesOf({ a: '', b: 'x' }), ['none', 'a', 'b'])).toBe('x')
  })
})
