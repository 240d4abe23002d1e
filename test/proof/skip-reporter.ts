import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Lists at the end of a run what was skipped, each with its reason. */
export const skipReporter: Reporter = {
  onTestRunEnd: (modules: readonly TestModule[]) => {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')])
    if (skipped.length === 0) return
    process.stdout.write(`\nSkipped:\n${skipped.map(line).join('')}\n`)
  },
}

/** A test that could not be begun has no note: its title, or its group's, says why. */
function line(test: TestCase): string {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return `  ${test.fullName}${note === undefined ? '' : `: ${note}`}\n`
}
