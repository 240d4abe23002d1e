import { describe, expect, it } from 'vitest'
import { attachmentsOf } from '../../../src/capture/draft/attachments.ts'
import type { Listed } from '../../../src/capture/draft/listed-processes.ts'

const gib = 2 ** 30
const segment = {
  id: 7,
  key: 1,
  bytes: gib,
  attached: 2,
  rss: 0,
  swap: 0,
  maker: 0,
  uid: 54,
  locked: false,
}

interface Process {
  readonly pid: number
  readonly title: string
  readonly uid?: number
  readonly owner?: string
  readonly sizeGib?: number
}

function listed({ pid, title, uid = 54, owner, sizeGib }: Process): Listed {
  const size = sizeGib === undefined ? {} : { size: sizeGib * 1024 ** 2 }
  const status = { comm: 'x', parent: 1, uid, gid: 0, threads: 1, print: '', ...size }
  const seen = { pid, status, program: title.split(' ')[0] ?? '', title }
  return { seen, ...(owner === undefined ? {} : { owner }) }
}

const nobody = (): undefined => undefined

describe('a segment', () => {
  it('is attached by the processes of the server that made it', () => {
    const processes = [
      listed({ pid: 1, title: 'ora_pmon_prod' }),
      listed({ pid: 2, title: 'oracleprod (LOCAL=NO)' }),
      listed({ pid: 3, title: 'oracletest (LOCAL=NO)' }),
    ]
    const { of, missing, remarks } = attachmentsOf([{ ...segment, maker: 1 }], processes, nobody)
    expect([...of.keys()].map(({ seen }) => seen.pid)).toEqual([1, 2])
    expect([missing, remarks]).toEqual([[], []])
  })

  it('is not attached by a process with a smaller address space', () => {
    const processes = [
      listed({ pid: 1, title: 'a', sizeGib: 0.5 }),
      listed({ pid: 2, title: 'a', sizeGib: 2 }),
    ]
    const { of, missing, remarks } = attachmentsOf([segment], processes, nobody)
    expect([...of.keys()].map(({ seen }) => seen.pid)).toEqual([2])
    expect(missing).toMatchObject([{ id: 7, attached: 1 }])
    expect(remarks[0]).toContain('has 2 attachments, and the list 1 process')
  })

  it('is attached by those of its owner, whose name a list may cut', () => {
    const processes = [
      listed({ pid: 1, title: 'a', uid: -1, owner: 'postgre+' }),
      listed({ pid: 2, title: 'a', uid: -2, owner: 'nobody' }),
    ]
    const { of } = attachmentsOf([{ ...segment, uid: -1000 }], processes, () => 'postgresql')
    expect([...of.keys()].map(({ seen }) => seen.pid)).toEqual([1])
  })

  it('is attached by no more processes than nattch: the largest', () => {
    const processes = [1, 2, 3].map((pid) => listed({ pid, title: 'a', sizeGib: pid + 1 }))
    const { of, remarks } = attachmentsOf([segment], processes, nobody)
    expect([...of.keys()].map(({ seen }) => seen.pid)).toEqual([3, 2])
    expect(remarks[0]).toContain('3 listed processes can have attached it')
  })
})
