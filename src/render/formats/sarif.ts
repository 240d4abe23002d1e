import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import type { Finding } from '../../plan/result/finding.ts'
import type { GateMetric, GateResult } from '../../plan/result/gate-result.ts'
import { standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { tool } from '../../plan/result/tool.ts'
import { printable } from '../../units/printable.ts'
import { sha256 } from '../../units/sha256.ts'
import { renderJson } from '../json.ts'
import { failureText } from '../words/failure-words.ts'
import { docsAddress, pageAddress } from '../words/finding-pages.ts'
import type { AllResults, Place, PlacedResult } from './all-results.ts'
import { findingText, gateName, gateText, isAboutThis, judgedText } from './said.ts'

/**
 * SARIF 2.1.0 (OASIS): a rule for each finding and each gate, and a result for each time that one
 * applies, at the key of the scenario that causes it.
 */
export function planSarif(all: AllResults<Result>): readonly string[] {
  const { results, failures } = all
  const rules = new Map<string, Rule>()
  const found: unknown[] = []
  const verdicts: unknown[] = []
  for (const placed of results()) {
    found.push(...resultsOf(placed, rules))
    verdicts.push(verdictOf(placed.result))
  }
  const { name, version } = tool
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name, version, informationUri: docsAddress, rules: [...rules.values()] },
        },
        invocations: [invocation(failures)],
        columnKind: 'utf16CodeUnits',
        results: found,
        properties: { verdicts, notHere: 'figures of strategies, budget, advice: --format json' },
      },
    ],
  }
  return [renderJson(log)]
}

/** `reportingDescriptor`, section 3.49. */
interface Rule {
  readonly id: string
  readonly name: string
  readonly shortDescription: Message
  readonly helpUri: string
  readonly defaultConfiguration: { readonly level: Level }
}

interface Message {
  readonly text: string
}

type Level = 'none' | 'note' | 'warning' | 'error'

function resultsOf(
  { result, places }: PlacedResult<Result>,
  rules: Map<string, Rule>,
): readonly unknown[] {
  const { gates, findings } = result
  return [
    ...gates.map((gate, index) => gateIn(result, gate, places?.gates[index], rules)),
    ...findings.map((finding, index) => findingIn(result, finding, places?.findings[index], rules)),
  ]
}

const gateTitles: Readonly<Record<GateMetric, string>> = {
  risk: 'The risk is worse than the gate allows',
  headroom: 'Headroom is below the gate',
  pageTables: 'Page tables exceed the gate',
  findings: 'A finding reaches the severity of the gate',
  growth: 'Page tables grow over the baseline',
  riskGrowth: 'The risk is worse than that of the baseline',
}

function gateIn(
  result: Result,
  gate: GateResult,
  place: Place | undefined,
  rules: Map<string, Rule>,
): unknown {
  const id = `gate/${gate.metric}`
  remember(rules, {
    id,
    name: gate.metric,
    shortDescription: { text: gateTitles[gate.metric] },
    helpUri: `${docsAddress}/guide/gates-and-ci.md`,
    defaultConfiguration: { level: 'error' },
  })
  return {
    ...(gate.holds ? { kind: 'pass', level: 'none' } : { kind: 'fail', level: 'error' }),
    ...common(
      id,
      result,
      place,
      `${gateText(gate, result)}. ${judgedText(gate, result)}`,
      rules,
      gateName(gate, result),
    ),
  }
}

function findingIn(
  result: Result,
  finding: Finding,
  place: Place | undefined,
  rules: Map<string, Rule>,
): unknown {
  const { id, kind, severity, waived, strategy = '' } = finding
  remember(rules, {
    id,
    name: kind,
    shortDescription: { text: kind.replaceAll('-', ' ') },
    helpUri: pageAddress(finding),
    defaultConfiguration: { level: severity },
  })
  const isFail = isAboutThis(finding, result)
  return {
    ...(isFail ? { kind: 'fail', level: severity } : { kind: 'informational', level: 'none' }),
    ...common(id, result, place, findingText(finding, result), rules, strategy),
    ...(waived === undefined
      ? {}
      : { suppressions: [{ kind: 'inSource', status: 'accepted', justification: waived.reason }] }),
  }
}

function remember(rules: Map<string, Rule>, rule: Rule): void {
  if (!rules.has(rule.id)) rules.set(rule.id, rule)
}

function common(
  ruleId: string,
  { scenario }: Result,
  place: Place | undefined,
  text: string,
  rules: Map<string, Rule>,
  what: string,
): object {
  const path = place?.path ?? ''
  const option = place?.option
  return {
    ruleId,
    ruleIndex: [...rules.keys()].indexOf(ruleId),
    message: { text: plainMessage(text) },
    locations: [locationOf(scenario, place)],
    // Lines move; what is said of which key stays.
    partialFingerprints: {
      'cause/v1': sha256(JSON.stringify([ruleId, scenario.file, scenario.name, path, what])),
    },
    ...(option === undefined ? {} : { properties: { option } }),
  }
}

/** Without embedded links (section 3.11.6) and placeholders (3.11.5), which names could be taken for. */
function plainMessage(text: string): string {
  const isLike = /\]\(|\{\d/.test(text)
  return isLike ? text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&') : text
}

function locationOf(
  { file, line = 1, name }: Result['scenario'],
  place: Place | undefined,
): object {
  const { column = 1, endColumn } = place ?? {}
  const at = place?.file ?? file
  const isKey = place !== undefined && place.option === undefined
  const region = {
    startLine: place?.line ?? line,
    ...(isKey ? { startColumn: column } : {}),
    ...(isKey && endColumn !== undefined ? { endColumn } : {}),
  }
  const logical = { name, ...(place?.path ? { fullyQualifiedName: place.path } : {}) }
  return {
    ...(at === '-' ? {} : { physicalLocation: { artifactLocation: artifact(at), region } }),
    logicalLocations: [logical],
  }
}

/** Relative to the folder of the run, which the reader knows; an absolute path as a file. */
function artifact(file: string): object {
  const path = file
    .replace(/^(?:[.][/])+/, '')
    .split('/')
    .map(encoded)
    .join('/')
  return path.startsWith('/') ? { uri: `file://${path}` } : { uri: path, uriBaseId: '%SRCROOT%' }
}

/** A lone surrogate has no form in a URI. */
function encoded(part: string): string {
  return encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'))
}

function verdictOf(result: Result): object {
  const { scenario, verdict } = result
  const { name, file, fingerprint } = scenario
  const subject = subjectOf(result)
  const risk = subject === undefined ? {} : { risk: standingOf(subject) }
  return { file, name, fingerprint, verdict, ...risk }
}

/** The run is a success where every scenario was judged, whatever the verdict. */
function invocation(failures: readonly FailedScenario[]): object {
  if (failures.length === 0) return { executionSuccessful: true }
  return {
    executionSuccessful: false,
    toolExecutionNotifications: failures.map((failure) => ({
      level: 'error',
      message: { text: plainMessage(failureText(failure, printable)) },
      ...(failure.file === '-' ? {} : { locations: [{ physicalLocation: physical(failure) }] }),
    })),
  }
}

function physical({ file, line, column }: FailedScenario): object {
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column } }
  return { artifactLocation: artifact(file), ...region }
}
