import { describe, expect, it } from 'vitest'
import type { MemoryInfo, OomReport } from '../../../src/importers/oom-report/log/report.ts'
import { machineOf } from '../../../src/importers/oom-report/machine.ts'
import { firstReport, logText, webLog } from './fixtures.ts'

const web = firstReport(logText(webLog))
const nothing: MemoryInfo = { counters: new Map(), zones: [], kernelStackKib: 0, pools: [] }
const machine = (over: Partial<OomReport>) => machineOf({ ...web, ...over })

describe('the memory of the machine', () => {
  it('is that of all zones', () => {
    expect(machine({}).memory).toEqual({
      bytes: (3840 + 720_000 + 3_330_000) * 4096,
      source: 'managed pages of all zones',
    })
  })

  it('is pages RAM less pages reserved where zones are missing', () => {
    const [first, ...rest] = web.memory.zones
    expect(rest).toHaveLength(2)
    const memory = { ...web.memory, zones: first === undefined ? [] : [first] }
    const { ramPages = 0, reservedPages = 0 } = memory
    expect(machine({ memory }).memory?.bytes).toBe((ramPages - reservedPages) * 4096)
  })

  it('is unknown without both', () => {
    expect(machine({ memory: nothing }).memory).toBeUndefined()
  })
})

describe('the layout', () => {
  const at = (pageKib: number, architecture?: OomReport['architecture']) => {
    const { architecture: _, ...bare } = web
    const { layout, isAssumed } = machineOf({
      ...bare,
      memory: { ...nothing, pageKib },
      ...(architecture === undefined ? {} : { architecture }),
    })
    return [layout.id, isAssumed]
  }
  it('follows the architecture and the size of a page', () => {
    expect(at(4, 'x86-64')).toEqual(['x86-64', false])
    expect(at(64, 'arm64')).toEqual(['arm64-64k-48', false])
    expect(at(64, 'ppc64')).toEqual(['ppc64-radix-64k', false])
    expect(at(4, 's390x')).toEqual(['s390x', false])
  })

  it('is assumed where nothing shows the architecture', () => {
    expect(at(4)).toEqual(['x86-64', true])
    expect(at(16)).toEqual(['arm64-16k-48', true])
    expect(at(8)).toEqual(['x86-64', true])
  })
})
