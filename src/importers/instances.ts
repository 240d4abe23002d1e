import type { AnnotatedScenario } from '../scenario/annotated-scenario.ts'

/** As many instances alike, each with regions, processes and a control group of its own. */
export function copied(annotated: AnnotatedScenario, instances: number): void {
  const { scenario } = annotated
  const { hugepages } = scenario.host
  annotated.scenario = {
    ...scenario,
    host: {
      ...scenario.host,
      ...(hugepages === undefined
        ? {}
        : { hugepages: mapped(hugepages, (pages) => pages * instances) }),
    },
    ...(scenario.regions === undefined
      ? {}
      : { regions: mapped(scenario.regions, (region) => ({ ...region, copies: instances })) }),
    groups: mapped(scenario.groups, (group) => ({
      ...group,
      processes: group.processes * instances,
      copies: instances,
    })),
  }
  for (const name of Object.keys(scenario.groups)) {
    annotated.comment(['groups', name, 'copies'], `--instances ${instances}`)
  }
}

function mapped<Value, Other>(
  all: Readonly<Record<string, Value>>,
  change: (value: Value) => Other,
): Record<string, Other> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]))
}
