import type { Path } from '../units/path.ts'
import type { Assumption, Workload } from '../workload/workload.ts'
import { unplannedRanges } from './ranges/unplanned-ranges.ts'
import type { Resolution } from './resolve/resolve-scenario.ts'
import { resolveData } from './resolve/resolve-scenario.ts'
import type { Purpose } from './resolve/resolve-workload.ts'
import { basesOf, isGiven, without, withoutReplacedOf } from './statements.ts'
import type { Issue } from './yaml/issue.ts'
import { mergeTrees } from './yaml/merge-trees.ts'
import { misspeltNames } from './yaml/misspelt-names.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import type { TextAt } from './yaml/plain-data.ts'
import { toData } from './yaml/plain-data.ts'
import { readOrdinary } from './yaml/read-ordinary.ts'
import { readYaml } from './yaml/read-yaml.ts'
import { goesThrough } from './yaml/suggest.ts'
import type { LocatedFlaw, Source, WithinFile, YamlNode } from './yaml/yaml-tree.ts'
import { locate, nodeAt, toIssue } from './yaml/yaml-tree.ts'

/** What a scenario says or, all at once and in file order, everything that is wrong with it. */
export type Reading =
  | {
      readonly ok: true
      /** As the scenario says, or that of the file. */
      readonly name: string
      /** What its text was called. */
      readonly file: string
      /** Line of the file that the text begins in; absent: the first. */
      readonly line?: number
      readonly workload: Workload
      /** Every default that was used. */
      readonly assumptions: readonly Assumption[]
    }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Reads a scenario, version 1. In: the text of a YAML or JSON file, and values of the command line. Out:
 * the workload to plan, or issues with line and column. Text becomes a tree with places, the tree
 * becomes data, `resolve` turns data into a workload; the tree finds the place of each complaint.
 * Never throws, whatever the text.
 * @param file what to call the text in issues.
 * @param overrides values of the command line, put in one after another before anything is checked.
 * @param purpose `verify`: what was measured must be of this machine and of groups that are there.
 * @param among where the text is, if it is one document of several in the file.
 */
export function readScenario(
  text: string,
  file: string,
  overrides: readonly Override[] = [],
  purpose: Purpose = 'plan',
  among: WithinFile = {},
): Reading {
  const parsed = parseScenario(text, file, among)
  return parsed.ok ? readParsed(parsed, overrides, purpose) : parsed
}

/** The tree of a text, before anything in it is understood. */
export interface ParsedScenario {
  readonly ok: true
  readonly root: YamlNode
  readonly source: Source
}

/** The tree of a text, for who reads it with many overrides. */
export function parseScenario(
  text: string,
  file: string,
  among: WithinFile = {},
): ParsedScenario | Extract<Reading, { readonly ok: false }> {
  return parseSource({ file, text: text.replace(/^\uFEFF/, ''), ...among })
}

/** The same of a text and the scenarios that it extends, put on each other. */
export function parseSource(
  source: Source,
): ParsedScenario | Extract<Reading, { readonly ok: false }> {
  const ordinary = readOrdinary(source)
  const { root, flaws } = ordinary === undefined ? readYaml(source) : { root: ordinary, flaws: [] }
  if (root === undefined) return { ok: false, issues: issuesOf(flaws, []) }
  const base = source.base === undefined ? undefined : parseSource(source.base)
  if (base === undefined) return { ok: true, root, source }
  if (!base.ok) return base
  const merged = withoutReplacedOf(source, mergeTrees(base.root, root))
  const misspelt = misspeltNames(base.root, root)
  if (misspelt.length === 0) return { ok: true, root: merged, source }
  // What else is wrong is found without them.
  const rest = misspelt.reduce((tree, { path }) => without(tree, path), merged)
  const reading = readTree({ root: rest, flaws: misspelt, sources: [] }, source, 'plan')
  return reading.ok ? { ok: true, root: merged, source } : reading
}

/**
 * What the tree of a scenario says with overrides put in. The tree stays as it is.
 * @param withoutWhatIf neither growth nor cases are looked at.
 */
export function readParsed(
  { root, source }: ParsedScenario,
  overrides: readonly Override[],
  purpose: Purpose = 'plan',
  withoutWhatIf = false,
): Reading {
  const changed = applyOverrides(root, overrides)
  if (mayHaveRanges(source, overrides)) {
    const flaws = unplannedRanges(changed.root)
    if (flaws.length > 0) return { ok: false, issues: issuesOf(flaws, changed.sources) }
  }
  return readTree(changed, source, purpose, withoutWhatIf)
}

/** What a tree says in which overrides have been put. */
export function readTree(
  changed: ReturnType<typeof applyOverrides>,
  source: Source,
  purpose: Purpose,
  withoutWhatIf = false,
): Reading {
  const resolved = resolve(changed.root, purpose, withoutWhatIf)
  const complaints = resolved.ok ? [] : resolved.complaints
  const located = complaints.map((one) => locate(changed.root, one))
  const flaws = [...changed.flaws, ...withoutFollowing(located, source)]
  return flaws.length > 0 || !resolved.ok
    ? { ok: false, issues: issuesOf(flaws, [...basesOf(source), ...changed.sources]) }
    : named(withoutReplaced(resolved, changed.root), source)
}

/** What is wrong in a base may be why something else is, in what extends it. */
function withoutFollowing(flaws: readonly LocatedFlaw[], source: Source): readonly LocatedFlaw[] {
  const bases = basesOf(source)
  const isOfBase = ({ spot }: LocatedFlaw): boolean => bases.includes(spot.source)
  const wrong = flaws.filter(isOfBase).map(({ path = [] }) => path)
  return flaws.filter(
    (flaw) => isOfBase(flaw) || !wrong.some((path) => goesThrough(flaw.path ?? [], path)),
  )
}

/** Whether a scenario has a key of a range anywhere: only then are ranges looked for. */
export function mayHaveRanges(
  { text, base }: Pick<Source, 'text' | 'base'>,
  overrides: readonly Override[],
): boolean {
  return (
    rangeKey.test(text) ||
    overrides.some(({ path, value }) => rangeKey.test(value) || rangeStep.test(path)) ||
    (base !== undefined && mayHaveRanges(base, overrides))
  )
}

const rangeKey = /\b(?:from|to|p50|p95)["']?\s*:/
const rangeStep = /\b(?:from|to|p50|p95)\b/

type Resolved = Extract<Resolution, { readonly ok: true }>

/** More than anyone corrects in one go. */
const mostIssues = 1000

function resolve(root: YamlNode, purpose: Purpose, withoutWhatIf: boolean): Resolution {
  const { data, complaints } = toData(root)
  const textAt: TextAt = (path, value) => {
    const node = nodeAt(root, path)
    return node?.kind === 'scalar' ? node.text : String(value)
  }
  return resolveData(data, purpose, { complaints, textAt, withoutWhatIf })
}

/** Values that the command line replaced are choices by now: neither assumed nor measured. */
function withoutReplaced(resolved: Resolved, root: YamlNode): Resolved {
  const { workload, assumptions } = resolved
  const isKept = (written: string, ...place: Path) => isGiven(root, written, place)
  const { measured } = workload
  return {
    ...resolved,
    assumptions: assumptions.filter(({ stated, path }) => !stated || isKept(path, 'assumed')),
    workload:
      measured === undefined
        ? workload
        : {
            ...workload,
            measured: {
              ...measured,
              sources: measured.sources.filter(({ path }) => isKept(path, 'measured', 'sources')),
            },
          },
  }
}

function named({ name, workload, assumptions }: Resolved, source: Source): Reading {
  const { file, linesBefore = 0 } = source
  const place = { file, ...(linesBefore === 0 ? {} : { line: linesBefore + 1 }) }
  if (name !== undefined) return { ok: true, name, ...place, workload, assumptions }
  const value = linesBefore === 0 ? nameOf(file) : `${nameOf(file)}:${linesBefore + 1}`
  const ofFile = { path: 'name', value, source: 'the name of the file' }
  return { ok: true, name: value, ...place, workload, assumptions: [ofFile, ...assumptions] }
}

function nameOf(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  return base.replace(/(.)\.(ya?ml|json|ndjson|jsonl)$/i, '$1')
}

/** File order, then the order of the overrides. */
export function issuesOf(
  flaws: readonly LocatedFlaw[],
  overrides: readonly Source[],
): readonly Issue[] {
  const rank = (flaw: LocatedFlaw) => overrides.indexOf(flaw.spot.source)
  const ordered = flaws.toSorted((a, b) => rank(a) - rank(b) || a.spot.offset - b.spot.offset)
  const issues = ordered.slice(0, mostIssues).map(toIssue)
  const unique = new Map(issues.map((issue) => [JSON.stringify(issue), issue]))
  return [...unique.values()]
}
