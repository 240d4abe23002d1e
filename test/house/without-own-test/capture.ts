import type { TestedElsewhere } from './tested-elsewhere.ts'

export const capture: TestedElsewhere = {
  'src/capture/capture-scenario.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/draft/base-tables.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/draft/captured-scenario.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/draft/header-comment.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/draft/shared-memory.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/draft/unseen.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/estimate/captured-process.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/estimate/captured-regions.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/estimate/group-figures.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/estimate/limited-groups.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/estimate/names.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/process-classes.test.ts',
  },
  'src/capture/estimate/object-shares.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/estimate/resident.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/estimate/runs-text.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/estimate/servers.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/process-classes.test.ts',
  },
  'src/capture/estimate/span-estimate.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/estimate/touched-text.ts': {
    why: 'to be split',
    test: 'test/capture/touched.test.ts',
  },
  'src/capture/estimate/written-mappings.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/files/field-block.ts': {
    why: 'to be split',
    test: 'test/capture/files/smaps.test.ts',
  },
  'src/capture/files/header-line.ts': {
    why: 'to be split',
    test: 'test/capture/files/smaps.test.ts',
  },
  'src/capture/files/host-files.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/own-tables.test.ts',
  },
  'src/capture/files/mapping.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/own-tables.test.ts',
  },
  'src/capture/files/memory-text.ts': {
    why: 'to be split',
    test: 'test/capture/host/host-pools.test.ts',
  },
  'src/capture/files/numbered.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/files/pagemap.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/own-tables.test.ts',
  },
  'src/capture/files/smaps-fields.ts': {
    why: 'to be split',
    test: 'test/capture/files/smaps.test.ts',
  },
  'src/capture/files/spans.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/files/tree.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/host/attached-groups.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/host/host-book.ts': {
    why: 'to be split',
    test: 'test/capture/host/host-pools.test.ts',
  },
  'src/capture/host/host-text.ts': {
    why: 'to be split',
    test: 'test/capture/host/host-pools.test.ts',
  },
  'src/capture/host/reserve.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/host/segment-pages.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/host/whole-host.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/archive-contents.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/cut-off.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/folder-spaces.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/gather-archive.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/gather-folder.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/object-lookup.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/estimated-touch.test.ts',
  },
  'src/capture/machine/private-runs.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/own-tables.test.ts',
  },
  'src/capture/machine/process-census.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/read-host-files.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/refusal-words.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
  'src/capture/machine/selection.ts': {
    why: 'to be split',
    test: 'test/capture/machine/launchers.test.ts',
  },
  'src/capture/machine/space-gathering.ts': {
    why: 'to be split',
    test: 'test/capture/estimate/own-tables.test.ts',
  },
  'src/capture/machine/text-sink.ts': {
    why: 'to be split',
    test: 'test/capture/machine/same-memory.test.ts',
  },
}
