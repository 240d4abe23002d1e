import type { TestedElsewhere } from './tested-elsewhere.ts'

const measured = 'test/oracle/postgresql/shared-memory.test.ts'
const part = 'a part of the sum that is compared, to the byte, with what servers asked for'
const table = 'a table of defaults by release, each read through defaults.ts'
const defaults = 'test/importers/postgresql/guc/defaults.test.ts'

export const importers: TestedElsewhere = {
  'src/importers/databases.ts': {
    why: 'names of databases',
    test: 'test/importers/hostile.test.ts',
  },
  'src/importers/library.ts': {
    why: 'types, and the folder of a path',
    test: 'test/importers/including.test.ts',
  },
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
