import { sha256 } from '../units/sha256.ts'
import type { Workload } from './workload.ts'

/** Which scenario a workload comes from. The answer of `readScenario` says it. */
export interface Named {
  /** What the scenario is called. */
  readonly name: string
  /** Where it was read; absent: `-`, as for standard input. */
  readonly file?: string
  /** Line of the file that its document begins in; absent: the first. */
  readonly line?: number
  /** Of the scenario as it was read, if the workload is a changed one; absent: that of the workload. */
  readonly fingerprint?: string
}

/** How a result names its scenario. Its fingerprint is worked out when it is asked for: a table has none. */
export function identityOf(
  workload: Workload,
  named: Named,
): Named & Required<Omit<Named, 'line'>> {
  const { name, file = '-', line } = named
  let known: string | undefined
  return {
    name,
    file,
    ...(line === undefined ? {} : { line }),
    get fingerprint() {
      known ??= named.fingerprint ?? fingerprint(workload)
      return known
    },
  }
}

/**
 * sha256, in hex, of a resolved workload without its gates: equal for two scenarios that mean the same,
 * however they are written. The layout counts by its id.
 */
export function fingerprint(workload: Workload): string {
  const { layout, ...host } = workload.host
  // A step says what it sets: the scenario that this makes says nothing more.
  const steps = workload.timeline?.map(({ scenario: _, ...step }) => step)
  const timeline = steps === undefined ? {} : { timeline: steps }
  const changes = workload.cases?.map(({ name, values }) => ({ name, values }))
  const cases = changes === undefined ? {} : { cases: changes }
  // Gates judge a workload and change nothing of it: `check` and `plan` of one file have one fingerprint.
  const gates = { strategy: 'as-described' }
  const machine = { ...host, layout: layout.id }
  const plain = { ...workload, gates, host: machine, ...timeline, ...cases }
  return sha256(canonicalJson(plain))
}

/** JSON without spaces, keys of every object in code-unit order, without absent members. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isObject(member) ? Object.fromEntries(Object.entries(member).sort(byKey)) : member,
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1
}
