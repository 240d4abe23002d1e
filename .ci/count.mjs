import { readFileSync } from 'node:fs'

// node .ci/count.mjs REPORT=STATUS…: the last line of a run, and the exit status. Counts what the
// test runner itself reported. A report that is missing or empty is a failure, and so is a step
// that failed without a failed test. What failed is named above it.
const counted = process.argv.slice(2).map((argument) => {
  const [report = '', status = ''] = argument.split('=')
  return withStep(report, readReport(report), status)
})
const sum = (key) => counted.reduce((total, one) => total + one[key], 0)
const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum)
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function withStep(report, tests, status) {
  if (tests.failed > 0 || (status === '0' && tests.passed > 0)) return tests
  console.error(`${report}: no test failed, but the step around the tests did, or none ran.`)
  return { ...tests, failed: 1 }
}

function readReport(path) {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8'))
    // A file that could not be loaded has no tests that could fail: it counts as one.
    const broken = found.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every(isFine),
    )
    for (const file of found.testResults) nameFailed(file)
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests + broken.length,
      skipped: found.numPendingTests + found.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

function nameFailed(file) {
  if (file.status === 'failed') console.log(`failed: ${file.name}`)
  for (const assertion of file.assertionResults) {
    if (!isFine(assertion)) console.log(`  ${assertion.fullName}`)
  }
}

function isFine(assertion) {
  return assertion.status !== 'failed'
}
