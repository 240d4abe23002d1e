import type { TestedElsewhere } from './tested-elsewhere.ts'

export const capture: TestedElsewhere = {
  'src/capture/archive/archive-contents.ts': {
    why: 'entries of an archive; recorded archives are read through it',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/archive/gather-archive.ts': {
    why: 'the walk through an archive; recorded archives are read by it',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/archive/printed-entries.ts': {
    why: 'which entries of an archive are kept, seen when one is captured',
    test: 'test/capture/evidence-archives.test.ts',
  },
  'src/capture/collect/archive-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/argument-modes.ts': {
    why: 'a list of words, each of which the script is given',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/choice-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/mappings-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/options-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/processes-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/titles-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/collect/workspace-part.ts': {
    why: 'a part of a shell script, which only runs as a whole',
    test: 'test/capture/collect/collect-script.test.ts',
  },
  'src/capture/draft/alone-groups.ts': {
    why: 'makes the groups of a list, seen in the scenarios of whole fixtures',
    test: 'test/capture/evidence.test.ts',
  },
  'src/capture/draft/alone-parts.ts': {
    why: 'puts regions and groups together, seen in the scenarios of whole fixtures',
    test: 'test/capture/evidence.test.ts',
  },
  'src/capture/draft/alone-regions.ts': {
    why: 'regions of segments, seen with segments written by hand',
    test: 'test/capture/draft/machine-alone.test.ts',
  },
  'src/capture/draft/alone-remarks.ts': {
    why: 'sentences, seen on standard error of captures',
    test: 'test/capture/draft/listed-machine.test.ts',
  },
  'src/capture/draft/alone-texts.ts': {
    why: 'notes on values, seen in captured scenarios',
    test: 'test/capture/draft/listed-machine.test.ts',
  },
  'src/capture/draft/base-tables.ts': {
    why: 'asks the planner; each case captures a tree',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/draft/captured-scenario.ts': {
    why: 'puts the estimates together; recorded trees hold each value',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/draft/header-comment.ts': {
    why: 'words at the head of a captured file; recorded scenarios hold them',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/draft/inferred-touch.ts': {
    why: 'needs the planner, which plans what a capture infers',
    test: 'test/capture/draft/listed-machine.test.ts',
  },
  'src/capture/draft/listed-processes.ts': {
    why: 'makes processes of a list, seen in captures of lists',
    test: 'test/capture/draft/listed-machine.test.ts',
  },
  'src/capture/draft/server-memory.ts': {
    why: 'regions of servers without segments, seen in captures of lists',
    test: 'test/capture/draft/listed-machine.test.ts',
  },
  'src/capture/estimate/captured-process.ts': {
    why: 'joins mappings; a tree with a region in pieces shows it',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/estimate/captured-regions.ts': {
    why: 'writes what other modules found; recorded scenarios hold each value',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/estimate/grouping.ts': {
    why: 'a list of words, by each of which processes are grouped',
    test: 'test/capture/estimate/process-classes.test.ts',
  },
  'src/capture/estimate/object-shares.ts': {
    why: 'sums of smaps; regions with shared pages show each',
    test: 'test/capture/draft/shared-memory.test.ts',
  },
  'src/capture/estimate/resident.ts': {
    why: 'two figures of other modules; shared memory shows both',
    test: 'test/capture/draft/shared-memory.test.ts',
  },
  'src/capture/estimate/span-estimate.ts': {
    why: 'its cases are those of the sets that it leads to',
    test: 'test/capture/estimate/touched-text.test.ts',
  },
  'src/capture/estimate/written-mappings.ts': {
    why: 'limits of size; a tree of 9000 mappings shows them',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/files/field-block.ts': {
    why: 'fields of one mapping, read by smaps.ts alone',
    test: 'test/capture/files/smaps.test.ts',
  },
  'src/capture/files/mapping.ts': {
    why: 'constants and types of mappings',
    test: 'test/capture/files/smaps.test.ts',
  },
  'src/capture/files/numbered.ts': {
    why: 'a number with its noun; printed everywhere',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/files/smaps-fields.ts': {
    why: 'lines of one mapping, read by smaps.ts alone',
    test: 'test/capture/files/smaps.test.ts',
  },
  'src/capture/files/tree.ts': {
    why: 'types, and one test for a refusal',
    test: 'test/capture/files/pagemap.test.ts',
  },
  'src/capture/host/host-number.ts': {
    why: 'a number or a remark; hostile trees show both',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/host/whole-host.ts': {
    why: 'puts the host together; recorded scenarios hold it',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/capture/machine/folder-spaces.ts': {
    why: 'smaps or maps of a folder; hostile trees show each choice',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/machine/gather-folder.ts': {
    why: 'the walk through a folder',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/machine/read-host-files.ts': {
    why: 'reads the files that host-files.ts lists',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/machine/space-gathering.ts': {
    why: 'keeps the mappings of a process; hostile trees show its limits',
    test: 'test/capture/capture-scenario.test.ts',
  },
  'src/capture/printed/gather-printed.ts': {
    why: 'reads the files of a folder, seen when one is captured',
    test: 'test/capture/evidence.test.ts',
  },
  'src/capture/printed/printed-machine.ts': {
    why: 'puts texts together, seen in captures of lists',
    test: 'test/capture/draft/listed-machine.test.ts',
  },
  'src/capture/printed/segment-list.ts': {
    why: 'rows of ipcs, read as parts of a text',
    test: 'test/capture/printed/printed-text.test.ts',
  },
  'src/capture/printed/table-blocks.ts': {
    why: 'tables of a text, read as parts of it',
    test: 'test/capture/printed/printed-text.test.ts',
  },
  'src/capture/printed/table-row.ts': {
    why: 'rows of ps, read as parts of a list',
    test: 'test/capture/printed/process-list.test.ts',
  },
}
