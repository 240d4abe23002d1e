import { describe, expect, it } from 'vitest'
import { scenarioOfHost } from '../../../src/capture/host/host-text.ts'
import { layoutOf } from '../../../src/capture/machine/machine-layout.ts'

const plain = { 'proc/meminfo': 'MemTotal: 1048576 kB\n' }

function madeOf(files: Readonly<Record<string, string>>) {
  const all = new Map(Object.entries({ ...plain, ...files }))
  const made = scenarioOfHost(all, layoutOf(all, {}))
  if ('fault' in made) throw new Error(made.fault.kind)
  return made
}

describe('the host of a captured scenario', () => {
  it('names the source of each value', () => {
    const made = madeOf({
      'proc/meminfo': 'MemTotal: 1048576 kB\nSwapTotal: 2048 kB\n',
      'proc/sys/kernel/osrelease': '6.12.9-amd64\n',
      'proc/sys/vm/min_free_kbytes': '4096\n',
    })
    expect(made.scenario.host).toMatchObject({
      memory: '1 GiB',
      kernel: '6.12',
      swap: '2 MiB',
      minFree: '4 MiB',
    })
    expect(Object.fromEntries(made.sources)).toMatchObject({
      'host.memory': 'MemTotal of /proc/meminfo',
      'host.kernel': 'release 6.12.9-amd64',
      'host.minFree': '/proc/sys/vm/min_free_kbytes',
    })
  })

  it('is planned as 4.15 where the kernel is older, as an assumption', () => {
    const made = madeOf({ 'proc/sys/kernel/osrelease': '3.10.0-1160.el7\n' })
    expect(made.scenario.host.kernel).toBe('4.15')
    expect(made.assumed).toContainEqual(expect.objectContaining({ path: ['host', 'kernel'] }))
    expect(made.remarks.join('\n')).toContain('its VmPTE counts pte tables only')
  })

  it.each([
    ['force', 'always'],
    ['deny', 'never'],
    ['advise', 'advise'],
  ])('takes %s of shmem_enabled as %s', (word, mode) => {
    const path = 'sys/kernel/mm/transparent_hugepage/shmem_enabled'
    expect(madeOf({ [path]: `always [${word}] never\n` }).scenario.host.thp).toEqual({
      shmem: mode,
    })
  })

  it('has the mode of overcommit by its number', () => {
    const modeOf = (number: string) =>
      madeOf({ 'proc/sys/vm/overcommit_memory': number }).scenario.host.overcommit
    expect(['0\n', '1\n', '2\n', '3\n'].map(modeOf)).toEqual([
      { mode: 'heuristic' },
      { mode: 'always' },
      { mode: 'never' },
      undefined,
    ])
  })

  it('cannot be without MemTotal', () => {
    const faultOf = (meminfo: string) => {
      const files = new Map([['proc/meminfo', meminfo]])
      return scenarioOfHost(files, layoutOf(files, {}))
    }
    expect(faultOf('MemFree: 5 kB\n')).toEqual({ fault: { kind: 'no-mem-total' } })
    expect(faultOf('MemTotal: 0 kB\n')).toEqual({ fault: { kind: 'mem-total-zero' } })
  })
})
