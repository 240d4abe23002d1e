import { expect } from 'vitest'
import type {
  Cause,
  Comparison,
  GroupComparison,
  PageTablesComparison,
  VerifyResult,
} from '../../../src/plan/result/verify-result.ts'
import { verify } from '../../../src/plan/verify/verify.ts'
import { bytes, count } from '../../../src/units/quantity.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import type { GroupParts, HostParts, RegionParts, WorkloadParts } from '../../build.ts'
import { gib, nth, workload } from '../../build.ts'

export const table = 4096

export interface Seen {
  readonly pageTables?: number
  readonly groups?: Readonly<Record<string, readonly [processes: number, vmPte: number]>>
  readonly elsewhere?: readonly [processes: number, vmPte: number]
  /** Of every group. */
  readonly ownTables?: readonly [least: number, most: number, mapped: number]
  readonly baseTablesSource?: string
  /** Groups whose baseTables are what was left of the VmPTE. */
  readonly fitted?: readonly string[]
  readonly maxResidual?: Workload['maxResidual']
}

export function measuredAs(parts: WorkloadParts, seen: Seen): Workload {
  const of = ([processes, vmPte]: readonly [number, number]) => ({
    processes: count(processes),
    vmPte: bytes(vmPte),
  })
  const { pageTables, groups, elsewhere, maxResidual, ownTables, baseTablesSource } = seen
  const { fitted = [] } = seen
  const [least = 0, most = 0, mapped = 0] = ownTables ?? []
  const sizes = { least: bytes(least), most: bytes(most), mapped: bytes(mapped) }
  const own = { ownTables: sizes }
  const path = 'groups.workers.baseTables'
  return {
    ...workload(parts),
    ...(maxResidual === undefined ? {} : { maxResidual }),
    measured: {
      ...(pageTables === undefined ? {} : { pageTables: bytes(pageTables) }),
      groups: Object.entries(groups ?? {}).map(([name, one]) => ({
        name,
        ...of(one),
        ...(ownTables === undefined ? {} : own),
        ...(fitted.includes(name) ? { fitted: true as const } : {}),
      })),
      ...(elsewhere === undefined ? {} : { elsewhere: of(elsewhere) }),
      sources: baseTablesSource === undefined ? [] : [{ path, source: baseTablesSource }],
    },
  }
}

export function verified(parts: WorkloadParts, seen: Seen): VerifyResult {
  const result = verify(measuredAs(parts, seen), { name: 'test' })
  expectSums(result)
  return result
}

/** Every residual is what its causes and the rest make; every prediction what its parts make. */
export function expectSums({ groups, vmPte, pageTables }: VerifyResult): void {
  const compared: readonly Comparison[] = [
    ...groups.filter((group) => group.compared),
    ...(vmPte === undefined ? [] : [vmPte]),
    ...(pageTables === undefined ? [] : [pageTables]),
  ]
  expect(compared.length).toBeGreaterThan(0)
  for (const one of compared) {
    expect(one.residualBytes).toBe(one.measuredBytes - one.predictedBytes)
    expect(sum(one.causes.map((cause) => cause.bytes)) + one.unexplainedBytes).toBe(
      one.residualBytes,
    )
    for (const { bytes: part, leastBytes, mostBytes } of one.causes) {
      expect(part).toBeGreaterThanOrEqual(leastBytes)
      expect(part).toBeLessThanOrEqual(mostBytes)
    }
  }
  if (pageTables === undefined) return
  expect(sum(pageTables.parts.map((part) => part.bytes))).toBe(pageTables.predictedBytes)
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** One GiB, touched whole at an aligned address: 512 + 1 + 1 tables, and 5 of the program itself. */
export function oneGib(
  host: HostParts = {},
  group: GroupParts = {},
  region: Partial<RegionParts> = {},
) {
  return {
    host,
    regions: { shm: { size: gib, ...region } },
    groups: {
      workers: { processes: 10, baseTables: 9 * table, maps: [{ region: 'shm' }], ...group },
    },
  }
}

export const each = (514 + 9) * table

export function groupIn(
  result: VerifyResult,
  index = 0,
): Extract<GroupComparison, { compared: true }> {
  const group = nth(result.groups, index)
  if (!group.compared) throw new RangeError(`${group.name} was not compared`)
  return group
}

export function pageTablesIn({ pageTables }: VerifyResult): PageTablesComparison {
  if (pageTables === undefined) throw new RangeError('PageTables was not compared')
  return pageTables
}

export function kinds(causes: readonly Cause[]): readonly (readonly [string, number])[] {
  return causes.map(({ kind, bytes: part }) => [kind, part] as const)
}
