import { describe, expect, it } from 'vitest'
import { readSysvSegments } from '../../../src/capture/files/sysv-segments.ts'

describe('/proc/sysvipc/shm', () => {
  const head =
    '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap'

  it('has segments by the names of its columns', () => {
    const text = `${head}\n   5432001      32768  2600          8589934592   100   101      7    26    26    26    26 1 2 3 4 5\n`
    expect(readSysvSegments(text)).toEqual([
      {
        ...{ id: 32768, key: 5432001, bytes: 8589934592, attached: 7, locked: true },
        ...{ rss: 4, swap: 5, maker: 100, uid: 26 },
      },
    ])
  })

  it('without its head, cut off, or with sizes that cannot be, has none', () => {
    expect(readSysvSegments('1 2 3')).toEqual([])
    expect(readSysvSegments(`${head}\n 1 2\n`)).toEqual([])
    expect(readSysvSegments(`${head}\n 1 2 600 18446744073709551615 1 1 1\n`)).toEqual([])
  })
})
