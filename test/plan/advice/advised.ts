import type { Advice, SettingKind } from '../../../src/plan/result/advice-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import type { RegionParts, WorkloadParts } from '../../build.ts'
import { lkmlServer } from '../../build.ts'

/** 512 GiB hold 270 of the 1500 clients. */
export const lkml = (sga: Partial<RegionParts> = {}, processes = 1500): WorkloadParts =>
  lkmlServer(processes, {}, sga)

export function advised<Action extends Advice['action']>(
  { advice }: Result,
  action: Action,
): Extract<Advice, { readonly action: Action }> {
  const found = advice.find((each) => each.action === action)
  if (found === undefined) throw new RangeError(`${action} is not advised`)
  return found as Extract<Advice, { readonly action: Action }>
}

export function linesOf({ settings }: Advice, kind: SettingKind): readonly string[] {
  return settings.filter((setting) => setting.kind === kind).flatMap(({ lines }) => lines)
}

export function reasonFor({ rejected }: Result, id: string): string | undefined {
  return rejected.find((each) => each.id === id)?.reason
}

export const idsOf = ({ advice }: Result): readonly string[] => advice.map(({ id }) => id)
