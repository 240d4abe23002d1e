import { describe, expect, it } from 'vitest'
import { tightestLimit } from '../../../src/capture/estimate/limited-groups.ts'

const limits = new Map([
  ['sys/fs/cgroup/a/memory.max', '1048576\n'],
  ['sys/fs/cgroup/a/b/memory.max', '2097152\n'],
  ['sys/fs/cgroup/c/memory.max', 'max\n'],
])

describe('the limit that a process reaches first', () => {
  it('is the least of its control group and those above', () => {
    expect(tightestLimit({ path: '/a/b', version: 2 }, limits)).toEqual({
      path: '/a',
      limit: 2 ** 20,
      source: '/sys/fs/cgroup/a/memory.max',
    })
  })

  it('is absent where no file sets one', () => {
    expect(tightestLimit({ path: '/c', version: 2 }, limits)).toBeUndefined()
    expect(tightestLimit(undefined, limits)).toBeUndefined()
  })
})
