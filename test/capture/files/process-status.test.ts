import { describe, expect, it } from 'vitest'
import { readStatus } from '../../../src/capture/files/process-status.ts'
import { faultWords } from '../../../src/capture/machine/refusal-words.ts'
import { processFiles } from '../reading.ts'

const statusOf = (status: Readonly<Record<string, string>>): string =>
  processFiles({ pid: 1, status })['proc/1/status'] ?? ''

describe('status', () => {
  it('is of no process where its figures contradict each other', () => {
    const faultOf = (status: Readonly<Record<string, string>>) => readStatus(statusOf(status))
    expect(faultOf({ VmPTE: '0 kB' })).toMatchObject({ fault: { kind: 'pages-without-tables' } })
    expect(faultOf({ Threads: '0' })).toMatchObject({
      fault: { kind: 'impossible-threads', threads: 0 },
    })
    expect(faultOf({ Threads: '4194305' })).toMatchObject({
      fault: { kind: 'impossible-threads', threads: 4_194_305 },
    })
  })

  it('is of a process with memory, a kernel thread or a zombie', () => {
    expect(readStatus(statusOf({}))).toMatchObject({
      kind: 'process',
      status: {
        comm: 'server',
        uid: 26,
        gid: 26,
        parent: 1,
        vmPte: 100,
        rssAnon: 1000,
        threads: 1,
      },
    })
    expect(readStatus(statusOf({ State: 'Z (zombie)' }))).toEqual({ kind: 'zombie' })
    expect(readStatus('Name:\tkthreadd\nState:\tS (sleeping)\n').kind).toBe('kernel-thread')
  })

  it.each([
    [{ VmPTE: '100' }, 'VmPTE is not a number'],
    [{ VmPTE: '100 MB' }, 'VmPTE is not a number'],
    [{ RssAnon: '18446744073709551615 kB' }, 'past 2^53'],
    [{ Threads: 'many' }, 'Threads is not a number'],
    [{ Uid: 'root' }, 'ids are missing'],
  ])('%o is faulty', (status, fault) => {
    const reading = readStatus(statusOf(status))
    expect(reading.kind === 'faulty' ? faultWords(reading.fault) : '').toContain(fault)
  })

  it('of nothing is faulty', () => {
    expect(readStatus('').kind).toBe('faulty')
    expect(readStatus('\0'.repeat(1000)).kind).toBe('faulty')
  })
})
