import { describe, expect, it } from 'vitest'
import { scenarioOfHost } from '../../../src/capture/host/host-text.ts'
import { layoutOf } from '../../../src/capture/machine/machine-layout.ts'

const meminfo =
  'MemTotal:       131072000 kB\nHugePages_Total:   32968\nHugepagesize:       2048 kB\n'
const sys = (kibytes: number) => `sys/kernel/mm/hugepages/hugepages-${kibytes}kB/nr_hugepages`

function hostIn(files: Readonly<Record<string, string>>) {
  const all = new Map(Object.entries({ 'proc/meminfo': meminfo, ...files }))
  const captured = scenarioOfHost(all, layoutOf(all, {}))
  if ('fault' in captured) throw new Error(captured.fault.kind)
  return captured
}

const sizesIn = (files: Readonly<Record<string, string>>) =>
  hostIn(files).scenario.host.hugepageSizes

describe('sizes of huge pages', () => {
  it('are those that have a folder in /sys, whatever the processor could do', () => {
    const cpuinfo = 'flags\t\t: fpu pse lm pdpe1gb\n'
    expect(sizesIn({ 'proc/cpuinfo': cpuinfo, [sys(2048)]: '32968\n' })).toEqual(['2 MiB'])
    expect(sizesIn({ [sys(1_048_576)]: '0\n', [sys(2048)]: '0\n' })).toEqual(['2 MiB', '1 GiB'])
  })

  it('are without /sys those of the flags and the one of meminfo', () => {
    expect(sizesIn({ 'proc/cpuinfo': 'flags\t\t: fpu pse lm\n' })).toEqual(['2 MiB'])
    expect(sizesIn({ 'proc/cpuinfo': 'flags\t\t: fpu lm pdpe1gb\n' })).toEqual(['2 MiB', '1 GiB'])
    const none = { 'proc/meminfo': 'MemTotal: 1024 kB\n', 'proc/cpuinfo': 'flags\t\t: fpu lm\n' }
    expect(sizesIn(none)).toBeUndefined()
  })

  it('are not written where nothing says them', () => {
    expect(sizesIn({})).toBeUndefined()
    expect(sizesIn({ 'proc/cpuinfo': 'CPU implementer\t: 0x41\n' })).toBeUndefined()
  })

  it('hold that of every pool, also where a copy lacks its folder', () => {
    const { hugepages, hugepageSizes } = hostIn({ [sys(1_048_576)]: '0\n' }).scenario.host
    expect(hugepages).toEqual({ '2 MiB': 32_968 })
    expect(hugepageSizes).toEqual(['2 MiB', '1 GiB'])
  })

  it('of which the layout knows nothing are left out', () => {
    expect(sizesIn({ [sys(2048)]: '0\n', [sys(16)]: '0\n' })).toEqual(['2 MiB'])
  })
})

describe('page-table isolation', () => {
  const assumed = (files: Readonly<Record<string, string>>) => {
    const captured = hostIn(files)
    const isAssumed = captured.assumed.some(({ path }) => path.join('.') === 'host.pti')
    return [captured.scenario.host.pti, isAssumed]
  }

  it('is an assumption where neither the vulnerability nor the flags were read', () => {
    const release = (text: string) => ({ 'proc/sys/kernel/osrelease': text })
    expect(assumed(release('6.18.1\n'))).toEqual([false, true])
    expect(assumed(release('5.14.0\n'))).toEqual([true, true])
    const flags = { 'proc/cpuinfo': 'flags\t\t: fpu lm\n' }
    expect(assumed({ ...release('6.18.1\n'), ...flags })).toEqual([false, false])
    const active = { 'proc/cpuinfo': 'flags\t\t: fpu lm pti\n' }
    expect(assumed({ ...release('5.14.0\n'), ...active })).toEqual([true, false])
  })
})
