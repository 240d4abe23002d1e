import { describe, expect, test } from 'vitest'
import { minWatermark } from '../../src/host/min-watermark.ts'
import type { HostParts } from '../build.ts'
import { gib, kib, mib, workload } from '../build.ts'

const never = { anonymous: 'never', shmem: 'never' } as const

describe('the min watermark', () => {
  const kbOf = (host: HostParts): number => minWatermark(workload({ host }).host) / kib

  test('is 67,584 kB with THP on a machine of up to about 272 GiB: 11 blocks in 3 zones', () => {
    expect(kbOf({ memory: 24 * gib })).toBe(67_584)
  })

  test('is the root of 16 times memory in kB without THP', () => {
    expect(kbOf({ memory: 24 * gib, thp: never })).toBe(20_066)
    expect(kbOf({ memory: 512 * gib })).toBe(92_681)
  })

  test('is at least 128 kB and at most 256 MiB', () => {
    expect(kbOf({ memory: 64 * kib, thp: never })).toBe(128)
    expect(kbOf({ memory: 2 ** 43, thp: never })).toBe(262_144)
  })

  test('is raised for huge pages of shared memory alone since Linux 6.13', () => {
    const thp = { anonymous: 'never', shmem: 'advise' } as const
    expect(kbOf({ memory: 24 * gib, thp, kernel: { major: 6, minor: 13 } })).toBe(67_584)
    expect(kbOf({ memory: 24 * gib, thp, kernel: { major: 6, minor: 12 } })).toBe(20_066)
  })

  test('is at most 5 % of memory where THP asks for more', () => {
    expect(kbOf({ memory: gib })).toBe(45_056)
    expect(kbOf({ memory: 512 * mib })).toBe(26_212)
  })

  test('is what the scenario gives', () => {
    expect(kbOf({ minFree: mib })).toBe(kib)
  })
})
