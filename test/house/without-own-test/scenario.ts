import type { TestedElsewhere } from './tested-elsewhere.ts'

export const scenario: TestedElsewhere = {
  'src/scenario/read-data.ts': {
    why: 'reads as read-scenario does, and stops before anything is resolved',
    test: 'test/report/scenario/yaml-text.test.ts',
  },
  'src/scenario/resolve/page-sizes.ts': {
    why: 'the page size of a region, which its tests go through case by case',
    test: 'test/scenario/resolve/resolve-regions.test.ts',
  },
  'src/scenario/resolve/resolve-measured.ts': {
    why: 'copies what was measured; which notes last is seen with the values they are about',
    test: 'test/scenario/write-scenario.test.ts',
  },
  'src/scenario/resolve/resolve-mshare.ts': {
    why: 'the owner and mode of a region, which its tests go through',
    test: 'test/scenario/resolve/resolve-regions.test.ts',
  },
  'src/scenario/resolve/resolve-scenario.ts': {
    why: 'calls the resolvers in order; a law holds both doors to the same answer',
    test: 'test/law/scenario/scenario-as-data.test.ts',
  },
  'src/scenario/resolve/resolve-workload.ts': {
    why: 'calls the resolvers in order, behind the door that checks the shape first',
    test: 'test/law/scenario/scenario-as-data.test.ts',
  },
  'src/scenario/resolve/section.ts': {
    why: 'what every resolver does with a key that is absent, wrong or a size',
    test: 'test/scenario/read-scenario.test.ts',
  },
  'src/scenario/resolve/transparent-pages.ts': {
    why: 'transparent huge pages of a region, which its tests go through case by case',
    test: 'test/scenario/resolve/resolve-regions.test.ts',
  },
  'src/scenario/schema/defaults.ts': {
    why: 'values alone: the shortest scenario shows each',
    test: 'test/scenario/read-scenario.test.ts',
  },
  'src/scenario/schema/accepts.ts': {
    why: 'says of any data what zod says, which a law holds it to',
    test: 'test/law/scenario/accepted-data.test.ts',
  },
  'src/scenario/schema/finding-names.ts': {
    why: 'names that a waiver may have',
    test: 'test/scenario/schema/gates-schema.test.ts',
  },
  'src/scenario/schema/group-schema.ts': {
    why: 'keys and their help, without a rule',
    test: 'test/scenario/zod/json-schema.test.ts',
  },
  'src/scenario/schema/measured-schema.ts': {
    why: 'keys and their help, without a rule',
    test: 'test/scenario/zod/json-schema.test.ts',
  },
  'src/scenario/schema/region-schema.ts': {
    why: 'keys and their help, without a rule',
    test: 'test/scenario/zod/json-schema.test.ts',
  },
  'src/scenario/zod/schema-complaints.ts': {
    why: 'asks zod, and has what it found explained',
    test: 'test/scenario/zod/explain-schema-issues.test.ts',
  },
  'src/scenario/schema/shape.ts': {
    why: 'makes plain objects of its arguments',
    test: 'test/law/scenario/accepted-data.test.ts',
  },
  'src/scenario/zod/zod-of.ts': {
    why: 'makes a schema of each shape; the JSON Schema and all complaints show it',
    test: 'test/scenario/zod/json-schema.test.ts',
  },
  'src/scenario/schema/schema.ts': {
    why: 'keys and their help, without a rule',
    test: 'test/scenario/zod/json-schema.test.ts',
  },
  'src/scenario/yaml/edit-text.ts': {
    why: 'changes one value in a text, which the tests of its only caller go through case by case',
    test: 'test/scenario/edit-scenario.test.ts',
  },
  'src/scenario/yaml/ordinary-flow.ts': {
    why: 'the part of the reader of ordinary texts that reads brackets',
    test: 'test/scenario/yaml/read-ordinary.test.ts',
  },
  'src/scenario/yaml/ordinary-scalars.ts': {
    why: 'the part of the reader of ordinary texts that reads single values',
    test: 'test/law/scenario/ordinary-text.test.ts',
  },
  'src/scenario/yaml/same-data.ts': {
    why: 'every edited text is held against it: what is merged, quoted or repeated shows it',
    test: 'test/scenario/edit-scenario.test.ts',
  },
  'src/scenario/yaml/text-place.ts': {
    why: 'where values begin and end: a place that is wrong gives a text that reads differently',
    test: 'test/law/scenario/edited-text.test.ts',
  },
  'src/scenario/resolve/timeline/check-steps.ts': {
    why: 'what a step contradicts',
    test: 'test/scenario/resolve/timeline/resolve-timeline.test.ts',
  },
  'src/scenario/resolve/timeline/resolve-step.ts': {
    why: 'what a step says',
    test: 'test/scenario/resolve/timeline/resolve-timeline.test.ts',
  },
  'src/scenario/resolve/timeline/set-values.ts': {
    why: 'values that a step sets',
    test: 'test/scenario/resolve/timeline/resolve-timeline.test.ts',
  },
  'src/scenario/schema/timeline/timeline-schema.ts': {
    why: 'the form of steps',
    test: 'test/scenario/resolve/timeline/resolve-timeline.test.ts',
  },
  'src/scenario/resolve/growth/amounts.ts': {
    why: 'values that grow, and how they are written',
    test: 'test/scenario/resolve/growth/resolve-growth.test.ts',
  },
  'src/scenario/resolve/growth/grain.ts': {
    why: 'what a size is a multiple of',
    test: 'test/scenario/resolve/growth/resolve-growth.test.ts',
  },
  'src/scenario/resolve/growth/rate.ts': {
    why: 'what a rate makes of a value',
    test: 'test/scenario/resolve/growth/resolve-growth.test.ts',
  },
  'src/scenario/schema/growth/growth-schema.ts': {
    why: 'the form of rates',
    test: 'test/scenario/resolve/growth/resolve-growth.test.ts',
  },
}
