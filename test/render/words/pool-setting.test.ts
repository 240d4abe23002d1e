import { expect, test } from 'vitest'
import { layouts } from '../../../src/geometry/catalogue.ts'
import { levelOf } from '../../../src/geometry/layout.ts'
import { defaultHugePage, poolSetting } from '../../../src/render/words/pool-setting.ts'

const x86 = { layout: 'x86-64', pageBytes: 4096 }

test.each(layouts.filter((layout) => levelOf(layout, 'pmd') !== undefined))(
  'the default huge page of $id is the one of its pmd',
  ({ id, pageBytes, hugePages }) => {
    const { bytes } = hugePages.find(({ leaf }) => leaf === 'pmd') ?? {}
    expect(defaultHugePage({ layout: id, pageBytes })).toBe(bytes)
  },
)

test('the default size has a sysctl, others a file, large ones the boot line as well', () => {
  expect(poolSetting(2 ** 21, x86)).toEqual({ name: 'vm.nr_hugepages' })
  expect(poolSetting(2 ** 30, x86)).toEqual({
    name: '/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages',
    bootLine: 'hugepagesz=1G hugepages=N',
  })
  expect(poolSetting(2 ** 21, { layout: 'arm64-64k-48', pageBytes: 65_536 })).toEqual({
    name: '/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages',
  })
  expect(poolSetting(2 ** 34, { layout: 'arm64-64k-48', pageBytes: 65_536 }).bootLine).toBe(
    'hugepagesz=16G hugepages=N',
  )
})
