import { identityOf } from '../workload/identity.ts'
import type { Workload } from '../workload/workload.ts'
import { checkedGates } from './gates/checked-gates.ts'
import type { About } from './plan.ts'
import { plan } from './plan.ts'
import type { Result } from './result/result.ts'

/**
 * The verdict on a workload, as `check` gives it: without a gate that says how much memory is enough, having
 * to swap fails. Only the strategy that is judged is planned, unless findings are judged too: they compare
 * strategies, and equal those of {@link plan} only if all are planned.
 * @throws QuantityError when a number passes 2^53 − 1; it is never rounded instead.
 */
export function check(workload: Workload, about: About): Result {
  const gated = workload.cases?.filter(({ name }) => workload.gates.cases?.includes(name))
  const cases = gated?.map((one) => ({ ...one, scenario: judgedOnly(one.scenario) }))
  const read = identityOf(workload, about)
  return plan(
    { ...judgedOnly(workload), ...(cases === undefined ? {} : { cases }) },
    {
      ...about,
      get fingerprint() {
        return read.fingerprint
      },
    },
  )
}

function judgedOnly({ growth: _, ...workload }: Workload): Workload {
  const gates = checkedGates(workload.gates)
  const only = gates.findings === undefined ? { strategies: [gates.strategy] } : {}
  return { ...workload, gates, ...only }
}
