import type { TestedElsewhere } from './tested-elsewhere.ts'

export const workload: TestedElsewhere = {
  'src/workload/copies.ts': {
    why: 'one default value: a single copy',
    test: 'test/sharing/pools/copies.test.ts',
  },
  'src/workload/gates.ts': {
    why: 'lists of severities and risks: the schema has their words',
    test: 'test/scenario/schema/gates-schema.test.ts',
  },
  'src/workload/group.ts': {
    why: 'one constant of the kernel',
    test: 'test/plan/limits/limits.test.ts',
  },
  'src/workload/out-of-memory.ts': {
    why: 'lists of constraints, parts and reasons: the schema has their words',
    test: 'test/scenario/resolve/resolve-out-of-memory.test.ts',
  },
  'src/workload/region.ts': {
    why: 'lists of backings, programs and fallbacks: the schema has their words',
    test: 'test/scenario/zod/json-schema.test.ts',
  },
  'src/workload/first-regions.ts': {
    why: 'which regions exist at first',
    test: 'test/plan/timeline/states.test.ts',
  },
}
