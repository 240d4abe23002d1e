import { describe, expect, test } from 'vitest'
import type { Sensitivity } from '../../../src/plan/result/what-if/sensitivity-result.ts'
import { assumed } from '../../../src/render/screen/assumed.ts'
import { gib, kib, mib } from '../../build.ts'
import { resultOfText } from '../../plan/advice/applied.ts'
import { lkml } from '../lkml-result.ts'
import { flat, plain } from './servers.ts'

const saidOf = (sensitivity: Partial<Sensitivity>): string => {
  const all: Sensitivity = {
    factor: 0.5,
    assumed: [],
    riskLevel: 'oom',
    headroomBytes: 0,
    pageTableBytes: 0,
    ...sensitivity,
  }
  return flat(assumed({ ...lkml, sensitivity: all }, plain))
}

describe('what is assumed', () => {
  test('is said once for each kind, and what half of it comes to', () => {
    const text = saidOf({
      assumed: [
        { kind: 'touched', everything: true },
        { kind: 'private', leastBytes: 0, mostBytes: 0 },
        { kind: 'baseTables', leastBytes: 120 * kib, mostBytes: 160 * kib },
        { kind: 'kernelMemory', leastBytes: 48 * kib, mostBytes: 48 * kib },
        { kind: 'reserve', bytes: 0 },
      ],
    })
    expect(text).toBe(
      'Assumed: every process touches all it maps; no private memory, 120 KiB to 160 KiB of ' +
        'its own page tables and 48 KiB of kernel memory per process; nothing reserved for the ' +
        'system. With half of each: still out of memory.',
    )
  })

  test('is not said of what the scenario gives', () => {
    const text = saidOf({
      assumed: [
        { kind: 'touched', everything: true, ofSome: true },
        { kind: 'private', leastBytes: 0, mostBytes: 0, ofSome: true },
        { kind: 'kernelMemory', leastBytes: 48 * kib, mostBytes: 48 * kib },
      ],
    })
    expect(text).toContain(
      'Assumed: every process touches all it maps, unless the scenario says otherwise; 48 KiB of ' +
        'kernel memory per process; no private memory where none is given.',
    )
  })

  test('may be an estimate', () => {
    const text = saidOf({
      assumed: [
        { kind: 'touched', everything: false },
        { kind: 'reserve', bytes: gib },
      ],
      riskLevel: 'tight',
    })
    expect(text).toBe(
      'Assumed: an estimate of what each process touches; 1.0 GiB reserved for the system. ' +
        'With half of each: tight.',
    )
  })

  test('has no half if it is nothing', () => {
    const text = saidOf({
      assumed: [
        { kind: 'private', leastBytes: 0, mostBytes: 0 },
        { kind: 'reserve', bytes: 0 },
      ],
    })
    expect(text).toBe('Assumed: no private memory per process; nothing reserved for the system.')
  })

  test('may keep it from starting', () => {
    const assumedAmounts = [{ kind: 'private', leastBytes: mib, mostBytes: mib }] as const
    expect(saidOf({ assumed: assumedAmounts, refusal: 'commit-limit' })).toMatch(
      /With half of each: does not start\.$/,
    )
  })

  test('is not said where everything is given', () => {
    expect(assumed(lkml, plain)).toEqual([])
  })
})

describe('of a scenario', () => {
  const text = (processes: number): string => `
version: 1
host: { memory: 64 GB }
regions: { data: { size: 16 GB, backing: posix-shm } }
groups:
  sessions: { processes: ${processes}, private: 8 MB, maps: [{ region: data }] }
  jobs: { processes: 1, private: 8 MB, maps: [{ region: data }] }`

  test('that is safe, twice as much is the question', () => {
    expect(flat(assumed(resultOfText(text(100)), plain))).toBe(
      'Assumed: every process touches all it maps; 160 KiB of its own page tables and 48 KiB of ' +
        'kernel memory per process; nothing reserved for the system. ' +
        'With twice as much of each: still safe.',
    )
  })

  test('that is not, half', () => {
    expect(flat(assumed(resultOfText(text(1600)), plain))).toMatch(
      /With half of each: (still out of memory|swaps|tight|safe)\.$/,
    )
  })
})
