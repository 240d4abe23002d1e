import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import type { GateResult } from '../../plan/result/gate-result.ts'
import { standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { printable } from '../../units/printable.ts'
import { element, textElement } from '../text/xml.ts'
import { failureText } from '../words/failure-words.ts'
import type { AllResults, Place, PlacedResult } from './all-results.ts'
import {
  findingText,
  gateName,
  gateText,
  isAboutThis,
  judgedText,
  placeText,
  verdictText,
} from './said.ts'

/**
 * JUnit XML as Jenkins and GitLab read it: a suite for each scenario, a case for each gate. There are
 * no times in it, so that two runs are the same. A suite without a gate has a case that is skipped:
 * no data is no pass.
 */
export function* planJunit({ results, failures }: AllResults<Result>): Generator<string, void> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mshare-plan">\n'
  for (const placed of results()) yield written(suite(placed))
  if (failures.length > 0) yield written(unread(failures))
  yield '</testsuites>\n'
}

function written(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('')
}

function suite({ result, places }: PlacedResult<Result>): readonly string[] {
  const { gates, scenario } = result
  const failures = gates.filter(({ holds }) => !holds).length
  const counts = { tests: Math.max(1, gates.length), failures, errors: 0 }
  return element(
    'testsuite',
    {
      name: scenario.name,
      ...counts,
      skipped: gates.length === 0 ? 1 : 0,
      file: placeText(result),
    },
    [
      ...element('properties', {}, properties(result)),
      ...(gates.length === 0 ? ungated(result) : []),
      ...gates.flatMap((gate, index) => gateCase(gate, places?.gates[index], result)),
      textElement('system-out', {}, said(result)),
    ],
  )
}

function gateCase(gate: GateResult, place: Place | undefined, result: Result): readonly string[] {
  const attributes = {
    name: gateName(gate, result),
    classname: placeText(result),
    file: place?.file ?? result.scenario.file,
    line: place?.line ?? result.scenario.line ?? 1,
  }
  const text = gateText(gate, result)
  const failure = textElement(
    'failure',
    { message: text, type: gate.metric },
    judgedText(gate, result),
  )
  return element('testcase', attributes, gate.holds ? [] : [failure])
}

function ungated(result: Result): readonly string[] {
  return element('testcase', { name: 'gates', classname: placeText(result) }, [
    ...element('skipped', { message: 'no gate is set' }),
  ])
}

/** Figures of the strategy that the result is about, named for their path in it. */
function properties(result: Result): readonly string[] {
  const subject = subjectOf(result)
  const starts = subject !== undefined && standingOf(subject) !== 'no-start'
  const values: Readonly<Record<string, string | number | undefined>> = {
    verdict: result.verdict,
    fingerprint: result.scenario.fingerprint,
    strategy: subject?.id,
    starts: subject === undefined ? undefined : `${starts}`,
    'risk.level': subject === undefined ? undefined : standingOf(subject),
    'pageTables.bytes': subject?.pageTables.bytes,
    'memory.headroomBytes': starts ? subject?.memory.headroomBytes : undefined,
    notHere:
      'other strategies, the memory budget, groups, regions, advice, cases, ranges, growth: --format json',
  }
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : element('property', { name, value }),
  )
}

/** The verdict and the findings. */
function said(result: Result): string {
  const about = result.findings.filter((finding) => isAboutThis(finding, result))
  const others = result.findings.length - about.length
  return [
    verdictText(result),
    ...about.map((finding) => `${finding.severity} ${finding.id}: ${findingText(finding, result)}`),
    ...(others === 0 ? [] : [`${others} more of other strategies: --format json.`]),
  ].join(' | ')
}

function unread(failures: readonly FailedScenario[]): readonly string[] {
  const count = failures.length
  return element(
    'testsuite',
    { name: 'scenarios without a result', tests: count, failures: 0, errors: count, skipped: 0 },
    failures.flatMap((failure) => {
      const { file, line = 1 } = failure
      const message = failureText(failure, printable)
      return element(
        'testcase',
        { name: 'read', classname: printable(file), file, line },
        element('error', { message, type: 'unread' }),
      )
    }),
  )
}
