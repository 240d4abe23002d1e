import { fingerprint } from '../../workload/fingerprint.ts'
import type { Workload } from '../../workload/workload.ts'
import type { ScenarioIdentity } from './result.ts'

/** Which scenario a workload comes from. What {@link readScenario} returns says it all. */
export interface Named {
  /** What the scenario is called. */
  readonly name: string
  /** Where it was read; absent: `-`, as for standard input. */
  readonly file?: string
  /** Of the scenario as it was read, if the workload is a changed one; absent: that of the workload. */
  readonly fingerprint?: string
}

/** How a result names its scenario. */
export function identityOf(workload: Workload, named: Named): ScenarioIdentity {
  const { name, file = '-', fingerprint: known = fingerprint(workload) } = named
  return { name, file, fingerprint: known }
}
