import { readFileSync } from 'node:fs'

// The last line of a run, from what the test runner itself reported, and the exit status. A report
// that is missing or empty is a failure, and so is a step beside the tests that failed.
const [, , report = '', steps = '1'] = process.argv
const counted = readReport(report)
const unseen = counted.failed === 0 && (steps !== '0' || counted.passed === 0) ? 1 : 0
const failed = counted.failed + unseen
if (unseen > 0) console.error('The tests did not run, or a step around them failed: see above.')
const skipped = counted.skipped > 0 ? `, ${counted.skipped} skipped` : ''
console.log(`${counted.passed} passed, ${failed} failed${skipped}`)
process.exitCode = failed > 0 ? 1 : 0

function readReport(path) {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8'))
    // A file that could not be loaded has no tests that could fail: it counts as one.
    const broken = found.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every(isFine),
    ).length
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests + broken,
      skipped: found.numPendingTests + found.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}

function isFine(assertion) {
  return assertion.status !== 'failed'
}
