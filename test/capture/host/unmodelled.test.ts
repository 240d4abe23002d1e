import { describe, expect, it } from 'vitest'
import { unmodelledMachine } from '../../../src/capture/host/unmodelled.ts'
import { layoutOf } from '../../../src/capture/machine/machine-layout.ts'
import { faultWords } from '../../../src/capture/machine/refusal-words.ts'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../../cli/fake-world.ts'
import { captureOf, verifyOf } from '../copied-tree.ts'
import { machineFiles, processFiles, smapsOf } from '../reading.ts'

function faultOf(files: Readonly<Record<string, string>>): string | undefined {
  const all = new Map(Object.entries(files))
  const fault = unmodelledMachine({ files: all, processes: [], layout: layoutOf(all, {}) })
  return fault && faultWords(fault)
}

const cpuinfo = (text: string) => faultOf({ 'proc/cpuinfo': text })
const release = (text: string) =>
  faultOf({ 'proc/version': `Linux version ${text} (someone) (gcc) #1 SMP\n` })
const uname = (text: string) => faultOf({ 'sos_commands/kernel/uname_-a': text })

describe('a 32-bit kernel', () => {
  it('is refused by capture and verify, with one sentence', async () => {
    for (const told of [
      await captureOf('armv7'),
      await verifyOf('armv7', '--max-residual', '1%'),
    ]) {
      expect([told.status, told.text]).toEqual([3, ''])
      expect(told.stderr).toMatch(
        /^mshare-plan: cannot capture \S+: page tables of 32-bit kernels are not supported \(CPU architecture of \/proc\/cpuinfo\)\n$/,
      )
    }
  })

  it.each([
    'CPU implementer\t: 0x41\nCPU architecture: 7\n',
    'CPU implementer\t: 0x41\nCPU architecture: 5TEJ\n',
    'flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic\n',
    'fdiv_bug\t: no\nflags\t\t: fpu vme pae lm\n',
    'isa\t\t: rv32imafdc\nmmu\t\t: sv32\n',
    'cpu model\t\t: MIPS 24Kc V5.0\nisa\t\t\t: mips1 mips2 mips32r1 mips32r2\n',
    'cpu\t\t: 7447A, altivec supported\n',
    'cpu\t\t: e500v2\n',
  ])('is known by cpuinfo %j', (text) => {
    expect(cpuinfo(text)).toContain('page tables of 32-bit kernels are not supported')
  })

  it.each([
    '5.10.103-v7l+',
    '4.19.66-v7+',
    '4.19.0-6-686-pae',
    '3.2.0-23-generic-pae',
    '2.6.18-8.el5PAE',
    '3.16.0-4-586',
    '4.9.0-8-armmp',
    '2.6.32-754.el6.i686',
    '4.14.0-3-powerpc',
    '5.4.17-200.fc31.armv7hl',
  ])('is known by the release %s', (text) => expect(release(text)).toContain('32-bit'))

  it('is known by high memory, and by a vmalloc area below 4 GiB', () => {
    expect(faultOf({ 'proc/meminfo': 'MemTotal: 1 kB\nHighTotal: 0 kB\n' })).toContain('HighTotal')
    const vmalloc = (kib: number) => faultOf({ 'proc/meminfo': `VmallocTotal: ${kib} kB\n` })
    expect(vmalloc(1_048_372)).toContain('VmallocTotal')
    expect(vmalloc(34_359_738_367)).toBeUndefined()
    // What lxcfs prints.
    expect(vmalloc(0)).toBeUndefined()
  })

  it('is known by uname', () => {
    expect(uname('Linux host 4.9.0 #1 SMP Debian 4.9.2 (2018-01-01) i686 GNU/Linux\n')).toContain(
      'i686 of uname -a',
    )
    expect(uname('Linux armv7l 5.14.0 #1 SMP x86_64 GNU/Linux\n')).toBeUndefined()
  })

  it('is supposed where nothing says the machine and no address has more than 8 digits', async () => {
    const smaps = smapsOf('b7000000-b7800000 rw-p 00000000 00:00 0 ', { Size: 8192 })
    const { 'proc/cpuinfo': _, 'proc/version': __, ...others } = machineFiles
    const files = {
      ...others,
      'proc/sys/kernel/osrelease': '5.10.0\n',
      ...processFiles({ pid: 10, smaps }),
    }
    const stderrOf = async (all: Readonly<Record<string, string>>) => {
      const rooted = Object.entries(all).map(([path, text]) => [`t/${path}`, text])
      const { world, stderr } = fakeWorld({ files: Object.fromEntries(rooted) })
      await main(['capture', '--root', 't'], world)
      return stderr()
    }
    expect(await stderrOf(files)).toContain('addresses of 8 digits')
    // A 32-bit program on a 64-bit kernel.
    expect(await stderrOf({ ...files, ...machineFiles })).not.toContain('8 digits')
  })
})

describe('a 64-bit kernel', () => {
  it.each([
    'CPU implementer\t: 0x41\nCPU architecture: 8\n',
    'flags\t\t: fpu vme pse pae lm\n',
    'flags\t\t: pse lm\n',
    'isa\t: rv64imafdc\nmmu\t\t: sv39\n',
    'cpu\t\t: POWER9, altivec supported\nMMU\t\t: Radix\n',
    'vendor_id       : IBM/S390\n',
    'processor\t: 0\n',
  ])('is not refused by cpuinfo %j', (text) => {
    expect(cpuinfo(text)).toBeUndefined()
  })

  it.each([
    '6.1.21-v8+',
    '5.14.0-427.el9.x86_64',
    '6.12.9-amd64',
    '6.6.0-16k',
    '4.18.0-305.el8.ppc64le',
  ])('is not refused by the release %s', (text) => expect(release(text)).toBeUndefined())

  it('of an unsupported kind is refused by its name', () => {
    expect(cpuinfo('cpu model\t: Cavium Octeon III V0.2\nisa\t: mips2 mips64r2\n')).toBe(
      'page tables of MIPS are not supported',
    )
    expect(cpuinfo('CPU Family\t\t: Loongson-64bit\n')).toBe(
      'page tables of LoongArch are not supported',
    )
  })
})

describe('a width of addresses that no layout has', () => {
  const arm = { 'proc/cpuinfo': 'CPU implementer\t: 0x41\nCPU architecture: 8\n' }
  const bits = (page: number, width: number) => ({
    ...arm,
    'boot/config-6.1': `CONFIG_ARM64_${page}K_PAGES=y\nCONFIG_ARM64_VA_BITS=${width}\n`,
  })

  it('is refused with where it was read, and not planned as another machine', () => {
    expect(faultOf(bits(64, 47))).toBe(
      'page tables of arm64-64k-47 are not supported (CONFIG_ARM64_64K_PAGES of the kernel; CONFIG_ARM64_VA_BITS of the kernel)',
    )
    expect(faultOf(bits(16, 36))).toBeUndefined()
    expect(faultOf(arm)).toBeUndefined()
  })
})
