import { describe, expect, it } from 'vitest'
import { gib, mib } from '../../build.ts'
import { fullOf, postmortem } from './reports.ts'

const full = `${fullOf} }`
const killed = (more = '') =>
  `killed: [{ process: oracle, pid: 7, group: sessions, anonymous: 2 MiB, shared: 16 GiB, pageTables: 32 MiB${more} }]`

describe('a killed process', () => {
  it('gives back private memory and page tables; shared memory stays', () => {
    expect(postmortem({ report: `${full}, ${killed()}` }).killed).toEqual([
      {
        process: 'oracle',
        pid: 7,
        group: 'sessions',
        freedBytes: 34 * mib,
        privateBytes: 2 * mib,
        pageTableBytes: 32 * mib,
        sharedBytes: 16 * gib,
      },
    ])
  })

  it('gives back what is unknown where the log has neither', () => {
    expect(postmortem({ report: `${full}, killed: [{ process: a, pid: 1 }]` }).killed).toEqual([
      { process: 'a', pid: 1 },
    ])
  })
})

describe("the kernel's rule", () => {
  const agrees = (pid: number, group: string, more = '') =>
    postmortem({
      report: `${full}, ${killed(more)}, chosen: { process: oracle, pid: ${pid}, group: ${group} }`,
    }).rule?.agrees

  it('picks the process that was killed, one of its group, or another', () => {
    expect(agrees(7, 'sessions')).toBe('process')
    expect(agrees(8, 'sessions')).toBe('group')
    expect(agrees(9, 'others')).toBe('no')
  })

  it('does not decide where the process that asks is killed, or none is', () => {
    expect(agrees(9, 'others', ', because: allocating-task')).toBeUndefined()
    const panic = postmortem({
      report: `${full}, panicked: true, chosen: { process: oracle, pid: 7 }`,
    })
    expect(panic.rule).toEqual({ process: 'oracle', pid: 7 })
    expect(panic.panicked).toBe(true)
  })

  it('is unknown without a list', () => {
    expect(postmortem({ report: `${full}, ${killed()}` }).rule).toBeUndefined()
  })
})

describe('the plan', () => {
  it('expects a process of the group with most memory and page tables', () => {
    expect(postmortem({ report: `${full}, ${killed()}` }).plan).toEqual({
      group: 'sessions',
      agrees: true,
    })
    const other = `${full}, killed: [{ process: a, pid: 1, group: others }]`
    expect(postmortem({ report: other }).plan).toEqual({ group: 'sessions', agrees: false })
    expect(postmortem({ report: full }).plan).toEqual({ group: 'sessions' })
  })
})
