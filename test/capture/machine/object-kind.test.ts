import { describe, expect, it } from 'vitest'
import { readFileSystems } from '../../../src/capture/machine/object-kind.ts'

describe('mountinfo', () => {
  it('names file systems by the device numbers of maps', () => {
    const systems = readFileSystems(
      '36 35 0:26 / /dev/shm rw,nosuid shared:4 - tmpfs tmpfs rw\n22 1 259:1 / /pmem rw - xfs /dev/pmem0 rw,dax=always\nrubbish\n',
    )
    expect(systems.get('00:1a')).toEqual({ type: 'tmpfs', dax: false })
    expect(systems.get('103:01')).toEqual({ type: 'xfs', dax: true })
  })
})
