import type { TestedElsewhere } from './tested-elsewhere.ts'

export const scenario: TestedElsewhere = {
  'src/scenario/read-gates.ts': {
    why: 'to be split',
    test: 'test/scenario/gates.test.ts',
  },
  'src/scenario/resolve/check-measured.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/check-places.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/check-references.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/copies.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/section.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/resolve/resolve-assumed.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-gates.ts': {
    why: 'to be split',
    test: 'test/scenario/gates.test.ts',
  },
  'src/scenario/resolve/resolve-groups.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-host.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-mapping.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-measured.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-regions.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-scenario.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/resolve/resolve-touched.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/schema/defaults.ts': {
    why: 'to be split',
    test: 'test/scenario/measured.test.ts',
  },
  'src/scenario/schema/described.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/explain-schema-issues.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/schema/fields.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/finding-names.ts': {
    why: 'to be split',
    test: 'test/scenario/gates.test.ts',
  },
  'src/scenario/schema/gates-schema.ts': {
    why: 'to be split',
    test: 'test/scenario/gates.test.ts',
  },
  'src/scenario/schema/kernel-version.ts': {
    why: 'to be split',
    test: 'test/capture/host/host-pools.test.ts',
  },
  'src/scenario/schema/measured-schema.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/page-list.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/schema.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/size-flaws.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/schema/strategy-ids.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/suggest-pool.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/schema/texts.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/touched-schema.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/schema/usual-layouts.ts': {
    why: 'to be split',
    test: 'test/scenario/schema/json-schema.test.ts',
  },
  'src/scenario/yaml/build-tree.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/yaml/overrides.ts': {
    why: 'to be split',
    test: 'test/host/origins.test.ts',
  },
  'src/scenario/yaml/plain-data.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/yaml/read-yaml.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/yaml/suggest.ts': {
    why: 'to be split',
    test: 'test/host/origins.test.ts',
  },
  'src/scenario/yaml/syntax-words.ts': {
    why: 'to be split',
    test: 'test/scenario/assumed.test.ts',
  },
  'src/scenario/yaml/yaml-tree.ts': {
    why: 'to be split',
    test: 'test/importers/oracle/refusals.test.ts',
  },
}
