import type { TestedElsewhere } from './tested-elsewhere.ts'

export const importers: TestedElsewhere = {
  'src/importers/excess.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/including.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/option-file.test.ts',
  },
  'src/importers/library.ts': {
    why: 'to be split',
    test: 'test/importers/hostile.test.ts',
  },
  'src/importers/mysql/import-mysql.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/mysql/option-names.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/option-file.test.ts',
  },
  'src/importers/mysql/origins.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/mysql/own-memory.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/mysql/pool-rule.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/mysql/ranges.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/mysql/removed-options.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/mysql/scenario.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/not-read.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/buffer-pool.test.ts',
  },
  'src/importers/oracle/granules.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/parameter-file.test.ts',
  },
  'src/importers/oracle/import-oracle.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/refusals.test.ts',
  },
  'src/importers/oracle/instance.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/parameter-file.test.ts',
  },
  'src/importers/oracle/origins.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/refusals.test.ts',
  },
  'src/importers/oracle/system-area.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/refusals.test.ts',
  },
  'src/importers/postgresql/uncertainty.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
  'src/importers/postgresql/guc/fork-names.ts': {
    why: 'to be split',
    test: 'test/scenarios/docs.test.ts',
  },
  'src/importers/postgresql/guc/parameter-names.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
  'src/importers/postgresql/guc/parameters.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
  'src/importers/postgresql/hash-table.ts': {
    why: 'to be split',
    test: 'test/scenarios/docs.test.ts',
  },
  'src/importers/postgresql/libraries.ts': {
    why: 'to be split',
    test: 'test/scenarios/docs.test.ts',
  },
  'src/importers/postgresql/header-comment.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
  'src/importers/postgresql/page-caches.ts': {
    why: 'to be split',
    test: 'test/scenarios/docs.test.ts',
  },
  'src/importers/postgresql/release.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
  'src/importers/postgresql/setting-source.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
  'src/importers/postgresql/shared-memory.ts': {
    why: 'to be split',
    test: 'test/scenarios/docs.test.ts',
  },
  'src/importers/postgresql/structures.ts': {
    why: 'to be split',
    test: 'test/scenarios/docs.test.ts',
  },
  'src/importers/place.ts': {
    why: 'to be split',
    test: 'test/importers/mysql/option-file.test.ts',
  },
  'src/importers/sizes.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/parameter-file.test.ts',
  },
  'src/importers/unknown-name.ts': {
    why: 'to be split',
    test: 'test/importers/postgresql/guc/settings.test.ts',
  },
}
