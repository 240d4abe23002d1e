import { describe, expect, it } from 'vitest'
import { reserveLines } from '../../../src/capture/host/reserve.ts'
import type { Observation } from '../../../src/capture/machine/observation.ts'

const meminfo =
  'MemTotal: 1048576 kB\nAnonPages: 20000 kB\nShmem: 70000 kB\nPageTables: 4000 kB\nSUnreclaim: 50000 kB\nPercpu: 600 kB\n'

const process = { status: { vmPte: 900, rssAnon: 3000 } }

function linesOf(seen: object): readonly (readonly [string, number])[] {
  const whole = {
    files: new Map([['proc/meminfo', meminfo]]),
    processes: [process, process],
    elsewhere: { processes: 3, vmPte: 700 },
    complete: true,
    ...seen,
  } as unknown as Observation
  return reserveLines(whole).map(({ name, kib }) => [name, kib])
}

describe('the reserve', () => {
  it('is meminfo less the captured processes, and VmPTE of the others', () => {
    expect(linesOf({})).toEqual([
      ['private memory of others', 14_000],
      ['other shared memory', 70_000],
      ['page tables of others', 700],
      ['kernel', 50_600],
    ])
  })

  it('takes PageTables less the captured VmPTE where processes are missing', () => {
    expect(linesOf({ complete: false })).toContainEqual(['page tables of others', 2200])
  })

  it('takes VmPTE of the others where PageTables leaves less', () => {
    const elsewhere = { processes: 3, vmPte: 2201 }
    expect(linesOf({ complete: false, elsewhere })).toContainEqual(['page tables of others', 2201])
  })

  it('has no line where the captured processes have all of it', () => {
    const large = { status: { vmPte: 900, rssAnon: 10_000 } }
    const names = linesOf({
      processes: [large, large],
      elsewhere: { processes: 0, vmPte: 0 },
    }).map(([name]) => name)
    expect(names).toEqual(['other shared memory', 'kernel'])
  })
})
