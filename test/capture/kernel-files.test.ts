import { describe, expect, it } from 'vitest'
import {
  limitPath,
  readControlGroup,
  readLimit,
  withAncestors,
} from '../../src/capture/files/control-group.ts'
import { chosenWord, countOf, kibOf, loneNumber } from '../../src/capture/files/kernel-text.ts'
import { readStatus } from '../../src/capture/files/process-status.ts'
import { readSysvSegments } from '../../src/capture/files/sysv-segments.ts'
import { isolationOf, layoutOf } from '../../src/capture/machine/machine-layout.ts'
import { readFileSystems } from '../../src/capture/machine/object-kind.ts'
import { x8664 } from '../build.ts'
import { processFiles } from './reading.ts'

const statusOf = (status: Readonly<Record<string, string>>): string =>
  processFiles({ pid: 1, status })['proc/1/status'] ?? ''

describe('values of the kernel', () => {
  const text = 'MemTotal:       16 kB\nHugePages_Total:       3\nMem: 18446744073709551615 kB\n'

  it('need the unit that the kernel prints, and absent is not zero', () => {
    expect(kibOf(text, 'MemTotal')).toBe(16)
    expect(countOf(text, 'HugePages_Total')).toBe(3)
    expect(kibOf(text, 'Total')).toBeUndefined()
    expect(kibOf(text, 'HugePages_Total')).toHaveProperty('fault')
    expect(countOf(text, 'MemTotal')).toHaveProperty('fault')
    expect(kibOf(text, 'Mem')).toEqual({ fault: 'Mem is past 2^53' })
    expect(kibOf('VmPTE: 4 MB', 'VmPTE')).toHaveProperty('fault')
  })

  it('are none where a field is there twice, first or last in the text', () => {
    const twice =
      'Shmem:  1 kB\nMemTotal:  16 kB\nShmem:  2 kB\nHugePages_Total: 1\nHugePages_Total: 1\n'
    expect(kibOf(twice, 'Shmem')).toEqual({ fault: 'Shmem is there twice' })
    expect(countOf(twice, 'HugePages_Total')).toEqual({ fault: 'HugePages_Total is there twice' })
    expect(kibOf(twice, 'MemTotal')).toBe(16)
    expect(kibOf('SwapCached: 1 kB\nCached: 2 kB\n', 'Cached')).toBe(2)
  })

  it('of settings are numbers and words in brackets', () => {
    expect(loneNumber(' 50\n')).toBe(50)
    expect(loneNumber(undefined)).toBeUndefined()
    expect(loneNumber('50 60')).toEqual({ fault: 'is no whole number' })
    expect(loneNumber('99999999999999999999')).toEqual({ fault: 'is past 2^53' })
    expect(chosenWord('always [within_size] never')).toBe('within_size')
  })
})

describe('status', () => {
  it('is of no process where its figures contradict each other', () => {
    const faultOf = (status: Readonly<Record<string, string>>) => readStatus(statusOf(status))
    expect(faultOf({ VmPTE: '0 kB' })).toMatchObject({ fault: 'VmPTE is 0, VmRSS is not' })
    expect(faultOf({ Threads: '0' })).toMatchObject({ fault: 'Threads is 0' })
    expect(faultOf({ Threads: '4194305' })).toMatchObject({ fault: 'Threads is 4194305' })
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
    expect(reading.kind === 'faulty' ? reading.fault : '').toContain(fault)
  })

  it('of nothing is faulty', () => {
    expect(readStatus('').kind).toBe('faulty')
    expect(readStatus('\0'.repeat(1000)).kind).toBe('faulty')
  })
})

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

describe('the layout of the machine', () => {
  const at = (cpuinfo: string, evidence = {}) => {
    const { layout, assumed } = layoutOf(new Map([['proc/cpuinfo', cpuinfo]]), evidence)
    return [layout.id, assumed]
  }

  it('is told by cpuinfo, the page size and the highest address', () => {
    expect(at('flags\t\t: fpu lm la57 pse\n')).toEqual(['x86-64-5level', false])
    expect(at('flags\t\t: fpu lm\n')).toEqual(['x86-64', false])
    expect(at('isa\t: rv64imafdc\nmmu\t\t: sv39\n')).toEqual(['riscv64-sv39', false])
    expect(at('vendor_id       : IBM/S390\n')).toEqual(['s390x', false])
    const arm = 'CPU implementer\t: 0x41\n'
    expect(at(arm, { pageKib: 4, highest: 0xffff_ffff_f })).toEqual(['arm64-4k-48', true])
    expect(at(arm, { pageKib: 4, highest: 0x7f_ffff_f })).toEqual(['arm64-4k-39', true])
    expect(at(arm, { pageKib: 64, highest: 0xffff_ffff_f })).toEqual(['arm64-64k-48', true])
    expect(at('cpu\t\t: POWER9\nMMU\t\t: Radix\n', { pageKib: 64 })).toEqual([
      'ppc64-radix-64k',
      false,
    ])
  })

  it('without anything is an assumption', () => {
    expect(at('')).toEqual(['x86-64', true])
  })

  describe('of arm64', () => {
    const of = (files: Readonly<Record<string, string>>, evidence = {}) => {
      const all = { 'proc/cpuinfo': 'CPU implementer\t: 0x41\n', ...files }
      const { layout, assumed, source } = layoutOf(new Map(Object.entries(all)), evidence)
      return [layout.id, assumed, source]
    }
    const release = (text: string) => ({ 'proc/sys/kernel/osrelease': `${text}\n` })

    it.each([
      ['5.14.0-427.el9.aarch64+64k', 64],
      ['5.14.0-427.el9.aarch64+64k-debug', 64],
      ['6.8.0-31-generic-64k', 64],
      ['6.6.3-411.asahi.fc39.aarch64+16k', 16],
    ])('takes the page size from the flavour of %s where no smaps says it', (text, page) => {
      const source = `no smaps says the page size, taken to be ${page} KiB by the release ${text}; no address was seen: 48 bits are what most kernels have`
      expect(of(release(text))).toEqual([`arm64-${page}k-48`, true, source])
      // What was seen counts, not a name.
      expect(of(release(text), { pageKib: 4, highest: 0xffff_ffff_f })).toEqual([
        'arm64-4k-48',
        true,
        'KernelPageSize of smaps; the bits by the highest address of smaps',
      ])
    })

    it.each(['5.14.0-427.el9.aarch64', '6.1.0-64kernel', '6.1.64k'])(
      'takes nothing from %s, and does not say that it read smaps',
      (text) => {
        const source =
          'no smaps says the page size, taken to be 4 KiB; no address was seen: 48 bits are what most kernels have'
        expect(of(release(text))).toEqual(['arm64-4k-48', true, source])
      },
    )

    it('is known by the configuration of the kernel', () => {
      const config = 'CONFIG_ARM64_64K_PAGES=y\nCONFIG_ARM64_VA_BITS=52\n'
      expect(of({ 'boot/config-6.1': config })).toEqual([
        'arm64-64k-52',
        false,
        'CONFIG_ARM64_64K_PAGES of the kernel; CONFIG_ARM64_VA_BITS of the kernel',
      ])
    })
  })

  it('of ppc64 without smaps is an assumption', () => {
    expect(at('cpu\t\t: POWER9\nMMU\t\t: Radix\n')).toEqual(['ppc64-radix-64k', true])
  })

  it('doubles the PGD where isolation is active or, before 6.16, compiled in', () => {
    const meltdown = 'sys/devices/system/cpu/vulnerabilities/meltdown'
    const of = (files: Readonly<Record<string, string>>, newer: boolean) =>
      isolationOf(new Map(Object.entries(files)), x8664, newer)?.pti
    expect(of({ [meltdown]: 'Mitigation: PTI\n' }, true)).toBe(true)
    expect(of({ [meltdown]: 'Not affected\n' }, true)).toBe(false)
    expect(of({ [meltdown]: 'Not affected\n' }, false)).toBe(true)
    const config = { 'boot/config-6.1': '# CONFIG_PAGE_TABLE_ISOLATION is not set\n' }
    expect(of({ [meltdown]: 'Not affected\n', ...config }, false)).toBe(false)
  })
})

describe('mountinfo', () => {
  it('names file systems by the device numbers of maps', () => {
    const systems = readFileSystems(
      '36 35 0:26 / /dev/shm rw,nosuid shared:4 - tmpfs tmpfs rw\n22 1 259:1 / /pmem rw - xfs /dev/pmem0 rw,dax=always\nrubbish\n',
    )
    expect(systems.get('00:1a')).toEqual({ type: 'tmpfs', dax: false })
    expect(systems.get('103:01')).toEqual({ type: 'xfs', dax: true })
  })
})
