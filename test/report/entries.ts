import type { Override } from '../../src/cli/arguments/gate-options.ts'
import type { PageItem } from '../../src/cli/pages/page-item.ts'
import { pageItem } from '../../src/cli/pages/page-item.ts'
import { scenarioIn } from '../../src/cli/scenarios/scenario-file.ts'
import { plan } from '../../src/plan/plan.ts'
import type { Result } from '../../src/plan/result/result.ts'

/** What a page holds of a scenario, and the result that `plan` prints of it. */
export async function reported(
  text: string,
  overrides: readonly Override[] = [],
): Promise<PageItem & { readonly result: Result }> {
  const scenario = await scenarioIn({ path: 'hosts/server.yaml', text }, overrides)
  if (!('workload' in scenario)) throw new Error(JSON.stringify(scenario))
  const { workload, about, assumptions } = scenario
  const result = plan(workload, { ...about, assumptions })
  const request = { overrides, options: {} }
  return { ...JSON.parse(pageItem(scenario, result, request, {})), result }
}

/** Two groups map a region of 64 GiB; the machine has 128 GiB. */
export const server = `version: 1
name: Server
host: { memory: 128 GiB }
regions: { buffers: { size: 64 GiB, backing: sysv-shm } }
groups:
  clients: { processes: 100, private: 8 MiB, maps: [{ region: buffers, touched: 50% }] }
  writers: { processes: 4, private: 8 MiB, maps: [{ region: buffers }] }
assumed: { groups.clients.private: a guess, groups.writers.private: a guess }
`
