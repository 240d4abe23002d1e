import type { TestedElsewhere } from './tested-elsewhere.ts'

const wiring = 'calls plan or capture, renders and delivers; each has tests of its own'

export const cli: TestedElsewhere = {
  'src/cli/arguments/range-options.ts': {
    why: 'two numbers, each refused with its words',
    test: 'test/cli/commands/plan-ranges.test.ts',
  },
  'src/cli/scenarios/ranged-plan.ts': {
    why: 'puts reading and planning together',
    test: 'test/cli/commands/plan-ranges.test.ts',
  },
  'src/cli/arguments/sweep-options.ts': {
    why: 'options of one command, each refused with its words',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/cli/commands/sweep/sweep-metrics.ts': {
    why: 'what one command says of metrics',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/cli/commands/sweep/sweep-output.ts': {
    why: 'how one command writes, in every format',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/cli/scenarios/only-document.ts': {
    why: 'one scenario where several are no answer',
    test: 'test/cli/commands/sweep/sweep-command.test.ts',
  },
  'src/cli/scenarios/extending/whole-scenario.ts': {
    why: 'a scenario that extends another, written whole',
    test: 'test/cli/scenarios/extending/bases.test.ts',
  },
  'src/cli/pages/page-item.ts': {
    why: 'what a page holds of a scenario: the tests of replanning begin with it',
    test: 'test/report/scenario/replan.test.ts',
  },
  'src/cli/pages/playground.ts': {
    why: 'the page without a scenario, which is looked at whole',
    test: 'test/report/write-report.test.ts',
  },
  'src/cli/pages/report-page.ts': {
    why: 'reads the parts of the program that the page takes along',
    test: 'test/report/write-report.test.ts',
  },
  'src/cli/arguments/shells.ts': {
    why: 'names of shells',
    test: 'test/cli/commands/completion-command.test.ts',
  },
  'src/cli/commands/capture-command.ts': {
    why: wiring,
    test: 'test/transcript/transcript.test.ts',
  },
  'src/cli/commands/postmortem-command.ts': {
    why: wiring,
    test: 'test/transcript/transcript.test.ts',
  },
  'src/cli/commands/capturing.ts': {
    why: 'asks the planner what a captured server costs',
    test: 'test/transcript/transcript.test.ts',
  },
  'src/cli/commands/gathered.ts': {
    why: 'hands gathered results to the outputs',
    test: 'test/cli/streams.test.ts',
  },
  'src/cli/commands/import-command.ts': {
    why: wiring,
    test: 'test/transcript/transcript.test.ts',
  },
  'src/cli/commands/plan-tables.ts': {
    why: 'chooses the table of plan or check',
    test: 'test/transcript/transcript.test.ts',
  },
  'src/cli/commands/verify-command.ts': {
    why: wiring,
    test: 'test/transcript/transcript.test.ts',
  },
  'src/cli/completion/candidate.ts': {
    why: 'what completion passes on',
    test: 'test/cli/completion/complete-line.test.ts',
  },
  'src/cli/completion/operand-completion.ts': {
    why: 'a part of the line; tested where lines are completed',
    test: 'test/cli/completion/complete-line.test.ts',
  },
  'src/cli/completion/scenario-on-line.ts': {
    why: 'reads the scenario whose keys complete a line',
    test: 'test/cli/completion/complete-line.test.ts',
  },
  'src/cli/completion/setting-completion.ts': {
    why: 'joins keys and values of a scenario to the line',
    test: 'test/cli/completion/complete-line.test.ts',
  },
  'src/cli/machine/input-of.ts': {
    why: 'an input with one part',
    test: 'test/cli/commands/init-command.test.ts',
  },
  'src/cli/machine/node-interrupts.ts': {
    why: 'hears a signal, which only a process of its own can show',
    test: 'test/cli/streams.test.ts',
  },
  'src/cli/node-workers.ts': {
    why: 'starts threads of the bundled program',
    test: 'test/cli/streams.test.ts',
  },
  'src/cli/node-world.ts': {
    why: 'hands the streams and files of this process to the program',
    test: 'test/cli/program.test.ts',
  },
  'src/cli/output/gathering.ts': {
    why: 'holds results until they are delivered',
    test: 'test/cli/commands/plan-command.test.ts',
  },
  'src/cli/output/part.ts': {
    why: 'a result in the forms that are asked for',
    test: 'test/cli/commands/plan-command.test.ts',
  },
  'src/cli/output/report.ts': {
    why: 'writes a sentence, issues or a stack trace to standard error',
    test: 'test/cli/scenarios/scenario-results.test.ts',
  },
  'src/cli/scenarios/attempt.ts': {
    why: 'turns what is thrown into a failure',
    test: 'test/cli/scenarios/scenario-results.test.ts',
  },
  'src/cli/scenarios/document.ts': {
    why: 'a part of what is read there',
    test: 'test/cli/scenarios/documents.test.ts',
  },
  'src/cli/scenarios/line-blocks.ts': {
    why: 'a part of what is read there',
    test: 'test/cli/scenarios/documents.test.ts',
  },
  'src/cli/scenarios/line-documents.ts': {
    why: 'a part of what is read there',
    test: 'test/cli/scenarios/documents.test.ts',
  },
  'src/cli/scenarios/too-large.ts': {
    why: 'words for what is too large',
    test: 'test/cli/scenarios/documents.test.ts',
  },
  'src/cli/scenarios/yaml-documents.ts': {
    why: 'a part of what is read there',
    test: 'test/cli/scenarios/documents.test.ts',
  },
  'src/cli/commands/timeline/timeline-command.ts': {
    why: 'reads, plans and prints',
    test: 'test/transcript/transcript.test.ts',
  },
}
