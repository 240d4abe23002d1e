import { expect, it } from 'vitest'
import { copied } from '../../src/importers/instances.ts'
import { AnnotatedScenario } from '../../src/scenario/annotated-scenario.ts'

it('several instances have regions, processes and huge pages each', () => {
  const annotated = new AnnotatedScenario({
    version: 1,
    host: { memory: '64 GiB', hugepages: { '2 MiB': 100 } },
    regions: { shared: { size: '1 GiB' } },
    groups: { backends: { processes: 50, cgroup: 'db' } },
  })
  copied(annotated, 3)
  expect(annotated.scenario).toMatchObject({
    host: { hugepages: { '2 MiB': 300 } },
    regions: { shared: { size: '1 GiB', copies: 3 } },
    groups: { backends: { processes: 150, copies: 3, cgroup: 'db' } },
  })
})
