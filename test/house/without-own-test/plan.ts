import type { TestedElsewhere } from './tested-elsewhere.ts'

export const plan: TestedElsewhere = {
  'src/plan/limits/growth/course.ts': {
    why: 'the workload of each day, held against the reader by a law',
    test: 'test/plan/limits/growth/grow.test.ts',
  },
  'src/plan/limits/growth/points.ts': {
    why: 'figures of the picture, as printed',
    test: 'test/render/limits/growth-part.test.ts',
  },
  'src/plan/strategy/shared-parts.ts': {
    why: 'the same workload, of objects that are known',
    test: 'test/law/plan/sweep.test.ts',
  },
  'src/plan/strategy/monotone-need.ts': {
    why: 'a rule per key: bounds and growth are held against plans in between',
    test: 'test/law/plan/ranges.test.ts',
  },
  'src/plan/ranges/figures.ts': {
    why: 'figures of values, of which bounds and chances are made',
    test: 'test/plan/ranges/plan-ranged.test.ts',
  },
  'src/plan/ranges/input.ts': {
    why: 'steps of values, which a law plans',
    test: 'test/law/plan/ranges.test.ts',
  },
  'src/plan/result/tool.ts': {
    why: 'two words, held against package.json',
    test: 'test/house/top-level.test.ts',
  },
  'src/plan/advice/candidate.ts': {
    why: 'a type and three constructors',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/huge-pages.ts': {
    why: 'one path of the advice; every change it makes is pasted and planned again',
    test: 'test/plan/advice/changes.test.ts',
  },
  'src/plan/advice/options.ts': {
    why: 'the order of options is the order of the advice',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/pools.ts': {
    why: 'pools of exactly what is needed are the pages of the advice',
    test: 'test/plan/advice/pool-advice.test.ts',
  },
  'src/plan/advice/published.ts': {
    why: 'puts together what the other modules found',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/room-settings.ts': {
    why: 'one line of cgroup settings',
    test: 'test/plan/advice/room.test.ts',
  },
  'src/plan/advice/state.ts': {
    why: 'ranks are compared wherever advice is chosen',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/limits/doubts.ts': {
    why: 'which amounts are doubted, and the half and the double of each kind',
    test: 'test/plan/limits/sensitivity.test.ts',
  },
  'src/plan/limits/variables.ts': {
    why: 'the numbers that limits are asked of',
    test: 'test/plan/limits/limits.test.ts',
  },
  'src/plan/verify/forecast-counters.ts': {
    why: 'counters of a machine under the names of a forecast, in every comparison of one',
    test: 'test/plan/verify/verify-forecast.test.ts',
  },
  'src/plan/verify/region-outcomes.ts': {
    why: 'pages of regions, planned and found, in every comparison of a forecast',
    test: 'test/plan/verify/verify-forecast.test.ts',
  },
  'src/plan/explain/explain-alternatives.ts': {
    why: 'every figure of every scenario has its explanation',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-limits.ts': {
    why: 'every figure of every scenario has its explanation',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-advice.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-base-tables.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-commit.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-gates.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-mappings.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-memory.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-pools.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-risk.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-savings.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-tables.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-victim.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-work.ts': {
    why: 'every number of a result is explained, with the value that the result has',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/findings/sparse-findings.ts': {
    why: 'two kinds among those of the workload',
    test: 'test/plan/findings/findings.test.ts',
  },
  'src/plan/plan.ts': {
    why: 'puts together what the other modules found; held number by number',
    test: 'test/scenarios/golden.test.ts',
  },
  'src/plan/programs/rules.ts': {
    why: 'the shape of a row, and its defaults',
    test: 'test/plan/programs/catalogue.test.ts',
  },
  'src/plan/result/explanation.ts': {
    why: 'a type and a constant',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/result/host-result.ts': {
    why: 'copies fields of the host',
    test: 'test/plan/findings/findings.test.ts',
  },
  'src/plan/strategy/charges.ts': {
    why: 'who pays is seen in each cgroup',
    test: 'test/host/cgroups.test.ts',
  },
  'src/plan/strategy/plans.ts': {
    why: 'plans what is asked for, with base pages',
    test: 'test/plan/findings/findings.test.ts',
  },
  'src/plan/strategy/strategy-result.ts': {
    why: 'puts together tables, memory and risk',
    test: 'test/plan/page-sizes.test.ts',
  },
  'src/plan/strategy/victims.ts': {
    why: 'whom the killer takes on the host and in each cgroup of a plan',
    test: 'test/host/victim.test.ts',
  },
  'src/plan/timeline/act.ts': {
    why: 'calls what each action is; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/earlier.ts': {
    why: 'what ended processes leave of shared memory; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/forked.ts': {
    why: 'what fork() copies; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/held.ts': {
    why: 'a mapping of one process; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/memory.ts': {
    why: 'the life of a region; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/pages.ts': {
    why: 'touch, munmap() and MADV_DONTNEED; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/pooled.ts': {
    why: 'who stays on base pages; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/population.ts': {
    why: 'who runs; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/snapshot.ts': {
    why: 'every state is planned as this workload; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
  'src/plan/timeline/state.ts': {
    why: 'the state of the machine; every rule is a step of these timelines',
    test: 'test/plan/timeline/states.test.ts',
  },
}
