/** The public door of the library: scenario text in, result out. Nothing here knows the machine. */
export { layouts } from './geometry/catalogue.ts'
export type {
  Allocation,
  Allocator,
  HugePage,
  Layout,
  Level,
  LevelName,
} from './geometry/layout.ts'
export type {
  LineSubject,
  MachineLine,
  PoolLine,
  RegionLine,
  ReserveLine,
} from './host/budget.ts'
export type { Database, ImportKind } from './importers/databases.ts'
export { databases, importKinds } from './importers/databases.ts'
export type { ImportedScenario, ImportRequest } from './importers/import-scenario.ts'
export { importScenario } from './importers/import-scenario.ts'
export type { GivenOptions, ImportOptions } from './importers/importer.ts'
export { check } from './plan/check.ts'
export type { Explained } from './plan/explain/plan-and-explain.ts'
export { planAndExplain } from './plan/explain/plan-and-explain.ts'
export type { Earlier } from './plan/gates/baseline.ts'
export type { Judged, Numbers } from './plan/gates/gates.ts'
export type { Baseline } from './plan/gates/growth.ts'
export type { JudgedBy, Saved, SavedCase } from './plan/gates/re-judge.ts'
export { checkSaved } from './plan/gates/re-judge.ts'
export type { Waivable } from './plan/gates/waivers.ts'
export type { LimitsAsked } from './plan/limits/find-limits.ts'
export { findLimits } from './plan/limits/find-limits.ts'
export type { Subject } from './plan/limits/variables.ts'
export type { About } from './plan/plan.ts'
export { plan } from './plan/plan.ts'
export type * from './plan/result/advice-result.ts'
export type { Explanation } from './plan/result/explanation.ts'
export type { FailedScenario } from './plan/result/failed-scenario.ts'
export type { Finding, FindingKind, Found, WaiverNamed } from './plan/result/finding.ts'
export type * from './plan/result/gate-result.ts'
export type { HostResult } from './plan/result/host-result.ts'
export type * from './plan/result/limit-result.ts'
export type * from './plan/result/limits-result.ts'
export type * from './plan/result/memory-result.ts'
export type { Outlook, Standing } from './plan/result/outlook.ts'
export type * from './plan/result/postmortem-result.ts'
export type * from './plan/result/published.ts'
export type { Starting } from './plan/result/refusal.ts'
export type * from './plan/result/rejected-result.ts'
export type * from './plan/result/result.ts'
export type * from './plan/result/risk-result.ts'
export type * from './plan/result/table-result.ts'
export type { SummaryStep, TimelineSummary } from './plan/result/timeline/timeline-summary.ts'
export type * from './plan/result/verify-result.ts'
export type * from './plan/result/what-if/diff-result.ts'
export type * from './plan/result/what-if/growth-result.ts'
export type * from './plan/result/what-if/ranges-result.ts'
export type * from './plan/result/what-if/sensitivity-result.ts'
export type * from './plan/result/what-if/sweep-result.ts'
export type { PoolCounts } from './plan/verify/region-outcomes.ts'
export { hasMeasurement, verify } from './plan/verify/verify.ts'
export type { ForecastFault, ForecastVerified, MachineNow } from './plan/verify/verify-forecast.ts'
export { verifyForecast } from './plan/verify/verify-forecast.ts'
export type { ReadCase, ReadResult, SavedReading } from './saved/read-saved.ts'
export { readSaved } from './saved/read-saved.ts'
export type { SavedBaseline } from './saved/saved-gates.ts'
export type { SavedCaseFigures, SavedFinding, SavedPlan } from './saved/saved-result.ts'
export type { GatesReading } from './scenario/read-gates.ts'
export { readGates } from './scenario/read-gates.ts'
export type { Reading } from './scenario/read-scenario.ts'
export { readScenario } from './scenario/read-scenario.ts'
export type { Purpose } from './scenario/resolve/resolve-workload.ts'
export type { Issue } from './scenario/yaml/issue.ts'
export type { Override } from './scenario/yaml/overrides.ts'
export type { Source, WithinFile } from './scenario/yaml/yaml-tree.ts'
export { scenarioJsonSchema } from './scenario/zod/json-schema.ts'
export type { ObstacleKind, RegionObstacle } from './sharing/strategy.ts'
export type { PageRange, TouchSet } from './space/touch-set.ts'
export type { Day, Period } from './units/date/calendar.ts'
export type { KernelVersion } from './units/kernel-version.ts'
export type { Bytes, Count, Pages } from './units/quantity.ts'
export { QuantityError } from './units/quantity.ts'
export type { CaseValue } from './workload/case.ts'
export type { CopiesPart } from './workload/copies.ts'
export type { Gates, RiskLevel, Severity, Threshold, Waiver } from './workload/gates.ts'
export type { FormerTouch, FreedTables, Group, Mapping } from './workload/group.ts'
export type { GrownValue, Growth, GrowthRate } from './workload/growth.ts'
export type * from './workload/host.ts'
export type { Named } from './workload/identity.ts'
export { fingerprint } from './workload/identity.ts'
export type * from './workload/measured.ts'
export type * from './workload/out-of-memory.ts'
export type {
  Backing,
  EarlierTouch,
  Fallback,
  MshareRevision,
  MshareTerms,
  Program,
  Region,
  ResidentAmount,
} from './workload/region.ts'
export type { Action, MappedPart, Step } from './workload/timeline.ts'
export type { Assumption, Case, Workload } from './workload/workload.ts'
