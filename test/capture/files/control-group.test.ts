import { describe, expect, it } from 'vitest'
import {
  limitPath,
  readControlGroup,
  readLimit,
  withAncestors,
} from '../../../src/capture/files/control-group.ts'

describe('control groups', () => {
  it('are those of memory in version 1, else the one of version 2', () => {
    const first = '4:memory:/docker/a:b\n3:cpu:/x\n0::/y\n'
    expect(readControlGroup(first)).toEqual({ path: '/docker/a:b', version: 1 })
    expect(readControlGroup('0::/system.slice/a\n')).toEqual({
      path: '/system.slice/a',
      version: 2,
    })
    expect(readControlGroup('nothing')).toBeUndefined()
  })

  it('are limited by themselves and by those above, never outside of the tree', () => {
    const groups = withAncestors({ path: '/a/b', version: 2 })
    expect(groups.map(limitPath)).toEqual([
      'sys/fs/cgroup/a/b/memory.max',
      'sys/fs/cgroup/a/memory.max',
    ])
    expect(limitPath({ path: '/a', version: 1 })).toBe(
      'sys/fs/cgroup/memory/a/memory.limit_in_bytes',
    )
    expect(withAncestors({ path: '/../../etc', version: 2 })).toEqual([])
    expect(readLimit('max\n')).toBeUndefined()
    expect(readLimit('9223372036854771712\n')).toBeUndefined()
    expect(readLimit('1073741824\n')).toBe(2 ** 30)
  })
})
