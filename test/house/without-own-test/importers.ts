import type { TestedElsewhere } from './tested-elsewhere.ts'

const oomReport = 'test/importers/oom-report/import-oom-report.test.ts'
const reports = 'test/importers/oom-report/log/read-reports.test.ts'
const measured = 'test/oracle/postgresql/shared-memory.test.ts'
const part = 'a part of the sum that is compared, to the byte, with what servers asked for'
const table = 'a table of defaults by release, each read through defaults.ts'
const defaults = 'test/importers/postgresql/guc/defaults.test.ts'

export const importers: TestedElsewhere = {
  'src/importers/databases.ts': {
    why: 'names of databases and kinds',
    test: 'test/importers/hostile.test.ts',
  },
  'src/importers/manifests/container.ts': {
    why: 'limits and huge pages of a container, in every server of an operator',
    test: 'test/importers/manifests/operators.test.ts',
  },
  'src/importers/manifests/parameters.ts': {
    why: 'parameters in YAML, whoever has them',
    test: 'test/importers/manifests/patroni.test.ts',
  },
  'src/importers/manifests/server-in-container.ts': {
    why: 'one server of an operator, with what is said of it',
    test: 'test/importers/manifests/operators.test.ts',
  },
  'src/importers/library.ts': {
    why: 'types, and the folder of a path',
    test: 'test/importers/including.test.ts',
  },
  'src/importers/oom-report/group-figures.ts': {
    why: 'sums and means, each in the scenario of a report',
    test: oomReport,
  },
  'src/importers/oom-report/groups.ts': { why: 'the groups of the scenario', test: oomReport },
  'src/importers/oom-report/host.ts': { why: 'the host of the scenario', test: oomReport },
  'src/importers/oom-report/host-memory.ts': { why: 'where memory is read', test: oomReport },
  'src/importers/oom-report/measured.ts': { why: 'what the scenario measured', test: oomReport },
  'src/importers/oom-report/private-memory.ts': {
    why: 'private memory of groups',
    test: oomReport,
  },
  'src/importers/oom-report/processes.ts': { why: 'calls the others in order', test: oomReport },
  'src/importers/oom-report/remarks.ts': { why: 'words of the remarks', test: oomReport },
  'src/importers/oom-report/reserve.ts': {
    why: 'the lines must add up to the memory, or the verdict is another',
    test: oomReport,
  },
  'src/importers/oom-report/scenario.ts': { why: 'puts the parts together', test: oomReport },
  'src/importers/oom-report/shared-region.ts': { why: 'regions of reports', test: oomReport },
  'src/importers/oom-report/size-text.ts': { why: 'a rounded size', test: oomReport },
  'src/importers/oom-report/log/numbers.ts': {
    why: 'numbers past 2^53 and process ids',
    test: 'test/importers/oom-report/log/task-lines.test.ts',
  },
  'src/importers/oom-report/log/present.ts': { why: 'leaves keys out', test: reports },
  'src/importers/oom-report/log/report-draft.ts': { why: 'a report line by line', test: reports },
  'src/importers/postgresql/counts.ts': { why: part, test: measured },
  'src/importers/postgresql/process-memory.ts': { why: part, test: measured },
  'src/importers/postgresql/shared-memory.ts': { why: part, test: measured },
  'src/importers/postgresql/structures.ts': { why: part, test: measured },
  'src/importers/postgresql/guc/existence.ts': { why: table, test: defaults },
  'src/importers/postgresql/guc/number-parameters.ts': { why: table, test: defaults },
  'src/importers/postgresql/guc/parameters.ts': {
    why: 'the names of both tables',
    test: 'test/importers/postgresql/guc/parameter-names.test.ts',
  },
  'src/importers/postgresql/guc/word-parameters.ts': { why: table, test: defaults },
  'src/importers/templates/template.ts': {
    why: 'names and types of templates: each name is drafted',
    test: 'test/importers/templates/draft-scenario.test.ts',
  },
}
