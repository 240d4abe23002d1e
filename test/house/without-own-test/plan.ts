import type { TestedElsewhere } from './tested-elsewhere.ts'

export const plan: TestedElsewhere = {
  'src/plan/advice/candidate.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/changes.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/fewer-processes.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/huge-pages.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/advice/nothing.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/options.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/pool-advice.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/advice/pooled.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/advice/pools.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/published.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/room-settings.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/room.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/sizes.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/advice/start.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/state.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/advice/transparent-pages.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/explain/explain-advice.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-base-tables.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-commit.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-gates.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-mappings.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-memory.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-pools.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-risk.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-savings.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-tables.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-victim.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/explain-work.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/explain/formula.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/findings/assumption-findings.ts': {
    why: 'to be split',
    test: 'test/plan/findings/capture-findings.test.ts',
  },
  'src/plan/findings/huge-page-findings.ts': {
    why: 'to be split',
    test: 'test/plan/findings/capture-findings.test.ts',
  },
  'src/plan/findings/mshare-findings.ts': {
    why: 'to be split',
    test: 'test/plan/findings/capture-findings.test.ts',
  },
  'src/plan/findings/sparse-findings.ts': {
    why: 'to be split',
    test: 'test/plan/findings/capture-findings.test.ts',
  },
  'src/plan/findings/workload-findings.ts': {
    why: 'to be split',
    test: 'test/plan/findings/capture-findings.test.ts',
  },
  'src/plan/gates/baseline.ts': {
    why: 'to be split',
    test: 'test/capture/capture.test.ts',
  },
  'src/plan/gates/growth.ts': {
    why: 'to be split',
    test: 'test/plan/gates/re-judge.test.ts',
  },
  'src/plan/plan.ts': {
    why: 'to be split',
    test: 'test/plan/advice/advice.test.ts',
  },
  'src/plan/programs/catalogue.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/programs/java.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/programs/kernel-limits.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/programs/mysql.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/programs/object-pages.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/programs/oracle.ts': {
    why: 'to be split',
    test: 'test/sharing/instances.test.ts',
  },
  'src/plan/programs/rules.ts': {
    why: 'to be split',
    test: 'test/plan/programs/postgresql.test.ts',
  },
  'src/plan/result/explanation.ts': {
    why: 'to be split',
    test: 'test/plan/explain/explain.test.ts',
  },
  'src/plan/result/host-result.ts': {
    why: 'to be split',
    test: 'test/plan/advice-applied.test.ts',
  },
  'src/plan/result/result.ts': {
    why: 'to be split',
    test: 'test/plan/advice-applied.test.ts',
  },
  'src/plan/strategy/plans.ts': {
    why: 'to be split',
    test: 'test/law/copies.test.ts',
  },
  'src/plan/strategy/charges.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/plan/strategy/region-result.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/plan/strategy/against-host.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/plan/strategy/stops.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/plan/strategy/strategy-result.ts': {
    why: 'to be split',
    test: 'test/law/risk.test.ts',
  },
  'src/plan/verify/forecast.ts': {
    why: 'to be split',
    test: 'test/plan/verify/verify.test.ts',
  },
  'src/plan/verify/residual-causes.ts': {
    why: 'to be split',
    test: 'test/plan/verify/verify.test.ts',
  },
  'src/plan/verify/residual-gates.ts': {
    why: 'to be split',
    test: 'test/plan/verify/verify.test.ts',
  },
}
