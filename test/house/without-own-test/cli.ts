import type { TestedElsewhere } from './tested-elsewhere.ts'

export const cli: TestedElsewhere = {
  'src/cli/arguments/capture-options.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/arguments/command-line.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/arguments/manual.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/arguments/operands.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/arguments/request-of.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/code-cache.ts': {
    why: 'to be split',
    test: 'test/cli/launch.test.ts',
  },
  'src/cli/commands/capture-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/capturing.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/explain-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/import-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/layouts-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/limits-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/plan-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/schema-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/commands/verify-command.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/machine/folder-tree.ts': {
    why: 'to be split',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/cli/machine/node-failure.ts': {
    why: 'to be split',
    test: 'test/cli/machine/archive-tree.test.ts',
  },
  'src/cli/machine/node-files.ts': {
    why: 'to be split',
    test: 'test/cli/machine/archive-tree.test.ts',
  },
  'src/cli/machine/node-replacement.ts': {
    why: 'to be split',
    test: 'test/cli/replacement.test.ts',
  },
  'src/cli/machine/node-tree.ts': {
    why: 'to be split',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/cli/machine/tar-header.ts': {
    why: 'to be split',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/cli/machine/tar-reader.ts': {
    why: 'to be split',
    test: 'test/capture/fixtures.test.ts',
  },
  'src/cli/machine/zero-gauge.ts': {
    why: 'to be split',
    test: 'test/cli/tree.test.ts',
  },
  'src/cli/main.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/node-world.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/bug.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/delivery.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/printable-lines.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/refusal.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/report.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/request.ts': {
    why: 'to be split',
    test: 'test/cli/output/ink-choice.test.ts',
  },
  'src/cli/output/status.ts': {
    why: 'to be split',
    test: 'test/cli/many-scenarios.test.ts',
  },
  'src/cli/output/usage-error.ts': {
    why: 'to be split',
    test: 'test/cli/commands/finding-page.test.ts',
  },
  'src/cli/output/version.ts': {
    why: 'to be split',
    test: 'test/cli/program.test.ts',
  },
  'src/cli/scenarios/answers.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
  'src/cli/scenarios/quantity-issue.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
  'src/cli/scenarios/questions.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
  'src/cli/scenarios/saved-files.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
  'src/cli/scenarios/scenario-text.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
  'src/cli/scenarios/sources.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
  'src/cli/scenarios/worst-first.ts': {
    why: 'to be split',
    test: 'test/cli/scenarios/judging.test.ts',
  },
}
