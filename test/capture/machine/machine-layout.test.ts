import { describe, expect, it } from 'vitest'
import { isolationOf, layoutOf } from '../../../src/capture/machine/machine-layout.ts'
import { x8664 } from '../../build.ts'

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
    ])('takes the page size from the flavour of %s where no smaps shows it', (text, page) => {
      const source = `no smaps shows the page size; assuming ${page} KiB by the release ${text}; no address was captured; assuming 48 bits, as in most kernels`
      expect(of(release(text))).toEqual([`arm64-${page}k-48`, true, source])
      // What was seen counts, not a name.
      expect(of(release(text), { pageKib: 4, highest: 0xffff_ffff_f })).toEqual([
        'arm64-4k-48',
        true,
        'KernelPageSize of smaps; bits of the highest address in smaps',
      ])
    })

    it.each(['5.14.0-427.el9.aarch64', '6.1.0-64kernel', '6.1.64k'])(
      'takes nothing from %s, and does not say that it read smaps',
      (text) => {
        const source =
          'no smaps shows the page size; assuming 4 KiB; no address was captured; assuming 48 bits, as in most kernels'
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
