import { describe, expect, it } from 'vitest'
import { killedLines } from '../../../src/render/screen/killed.ts'
import { fullOf, postmortem } from '../../plan/postmortem/reports.ts'
import { flat, plain } from './servers.ts'

const said = (report: string): string =>
  flat(killedLines(postmortem({ report: `${fullOf} }, ${report}` }), plain))

const killed = (more = '') =>
  `killed: [{ process: oracle, pid: 7, group: sessions, anonymous: 2 MiB, shared: 16 GiB, pageTables: 32 MiB${more} }]`

describe('who was killed', () => {
  it('is a process, with what came back and what stayed', () => {
    expect(said(`${killed()}, chosen: { process: oracle, pid: 7, group: sessions }`)).toBe(
      'Killed: oracle (pid 7, one of sessions). That gave back 34.0 MiB: 2.0 MiB of private memory ' +
        'and 32.0 MiB of page tables. Its 16.0 GiB of shared memory stayed. ' +
        "The kernel's rule, most memory and page tables, picks the same process. " +
        'The plan also expects one of sessions.',
    )
  })

  it('was perhaps not the one that the rule picks', () => {
    expect(said(`${killed()}, chosen: { process: java, pid: 9, group: batch }`)).toContain(
      "The kernel's rule picks java (pid 9, one of batch) from the list.",
    )
    expect(said(`${killed()}, chosen: { process: oracle, pid: 9, group: sessions }`)).toContain(
      "The kernel's rule picks pid 9 of the same group.",
    )
    expect(said(killed(', because: allocating-task'))).toContain(
      'Killed: oracle (pid 7, one of sessions), because it asked for memory (vm.oom_kill_allocating_task).',
    )
  })

  it('is unknown where the list is cut off', () => {
    expect(said(killed())).toContain('The log lists too little to check that choice.')
    expect(said('report: 1')).toBe(
      'Killed: the log does not say which process. The plan expects one of sessions.',
    )
  })

  it('is no one where the kernel panics', () => {
    expect(said('panicked: true, chosen: { process: oracle, pid: 7, group: sessions }')).toBe(
      'Killed: no process. The kernel panicked and stopped the machine. ' +
        "By the kernel's rule it is oracle (pid 7, one of sessions). The plan expects one of sessions.",
    )
  })

  it('counts further processes, and shows no control characters of a name', () => {
    const two =
      'killed: [{ process: "a\\u001bb", pid: 1, pageTables: 4 KiB }, { process: c, pid: 2 }]'
    const text = said(two)
    expect(text).toContain('(pid 1), then 1 more. That gave back 4.0 KiB of page tables.')
    expect(text).not.toContain('\u001b')
  })
})
