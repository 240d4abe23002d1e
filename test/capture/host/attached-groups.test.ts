import { describe, expect, it } from 'vitest'
import { attachedGroups } from '../../../src/capture/host/attached-groups.ts'

const segment = (id: number, attached: number, maker = 7) => ({
  ...{ id, key: id, bytes: id * 4096, attached, rss: 0, swap: 0, maker, uid: 54 },
  locked: false,
})

describe('processes attached to segments', () => {
  it('of one maker attach the smaller count too: 30 and 10 are 10 of both and 20 of one', () => {
    const groups = attachedGroups([segment(1, 30), segment(2, 10)])
    expect(groups.map(({ name, processes }) => [name, processes])).toEqual([
      ['attached to sysv 2 and 1 more', 10],
      ['attached to sysv 1', 20],
    ])
  })

  it('of two makers are other processes', () => {
    expect(attachedGroups([segment(1, 3), segment(2, 3, 8)])).toHaveLength(2)
  })
})
