import { describe, expect, it } from 'vitest'
import { ProcessCensus } from '../../../src/capture/machine/process-census.ts'
import { processFiles } from '../reading.ts'

const all = { pids: [], names: [], users: [], cgroups: [] }
const meminfo = new Map([['proc/meminfo', 'MemTotal: 16777216 kB\nSwapTotal: 100 kB\n']])
const status = (pid: number, more = {}) =>
  processFiles({ pid, status: more })[`proc/${pid}/status`] ?? ''
const kernelThread = 'Name:\tkthreadd\nState:\tS (sleeping)\nPPid:\t0\n'

describe('a census of processes', () => {
  it('counts those that are not chosen, with their VmPTE', () => {
    const census = new ProcessCensus({ ...all, pids: [10] }, meminfo)
    expect(census.choose(10, { status: status(10) })?.pid).toBe(10)
    expect(census.choose(11, { status: status(11, { VmPTE: '300 kB' }) })).toBeUndefined()
    expect(census.result().elsewhere).toEqual({ processes: 1, vmPte: 300 })
  })

  it('is complete with a thread of the kernel, and without a process that was refused', () => {
    const census = new ProcessCensus(all, meminfo)
    expect(census.result().complete).toBe(false)
    census.choose(2, { status: kernelThread })
    expect(census.result()).toMatchObject({ complete: true, counts: { kernelThreads: 1 } })
    census.choose(9, { status: 'rubbish' })
    expect(census.result()).toMatchObject({ complete: false, counts: { refused: 1 } })
  })

  it('says once what is wrong with several processes', () => {
    const census = new ProcessCensus(all, meminfo)
    for (const pid of [5, 6, 7]) census.refuseEmpty(pid, 'status')
    census.refuseSpace(5, 'smaps', { fault: { kind: 'endless' } })
    expect(census.result().refusals).toEqual([
      '/proc/5/status is empty: tools that trust file sizes copy nothing from /proc; and 2 more like it',
      '/proc/5/smaps holds a line or mapping that is too long',
    ])
  })

  it('says that more is swapped out than there is swap', () => {
    const census = new ProcessCensus(all, meminfo)
    census.choose(10, { status: status(10, { VmSwap: '200 kB' }) })
    expect(census.result().refusals[0]).toContain('VmSwap is more than SwapTotal')
  })
})
