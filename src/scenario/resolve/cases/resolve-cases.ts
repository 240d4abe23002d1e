import type { Path } from '../../../units/path.ts'
import { pathText } from '../../../units/path.ts'
import type { CaseValue } from '../../../workload/case.ts'
import type { Assumption, Case, Workload } from '../../../workload/workload.ts'
import type { ScenarioText } from '../../schema/scenario-text.ts'
import type { Complaint, Flaw } from '../../yaml/issue.ts'
import { parsePath } from '../../yaml/parse-path.ts'
import type { PlainData } from '../../yaml/plain-data.ts'
import { placeAt } from '../../yaml/plain-data.ts'
import { nearest } from '../../yaml/suggest.ts'
import type { DeepPartial, Log } from '../section.ts'
import { complain, entriesOf } from '../section.ts'
import { keyMeant, withValue } from '../timeline/set-values.ts'
import { changedValue } from './changed-value.ts'

/** The same scenario with other values; its complaints, where it is none. */
export type ResolveAgain = (data: PlainData) =>
  | {
      readonly ok: true
      readonly workload: Workload
      readonly assumptions: readonly Assumption[]
    }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** Each is planned whole. */
const mostCases = 100

/** The cases of a scenario, each resolved as `--set` of its values would be, and those that gates are about. */
export function casesOf(
  log: Log,
  given: DeepPartial<ScenarioText>,
  { gates }: Workload,
  again: ResolveAgain,
): Pick<Workload, 'cases' | 'gates'> {
  const entries = entriesOf(given.cases)
  if (entries.length > mostCases) {
    const message = `the scenario has ${entries.length} cases`
    complain(log, ['cases'], { message, expected: `at most ${mostCases}` })
    return { gates }
  }
  const gated = gatedCases(
    log,
    given,
    entries.map(([name]) => name),
  )
  if (log.complaints.length > 0) return { gates }
  const bare = withoutCases(given as PlainData)
  const cases = entries.flatMap(([name, values]) => {
    const found = caseOf(log, name, entriesOf(values), bare, again)
    return found === undefined ? [] : [found]
  })
  return {
    gates: gated.length === 0 ? gates : { ...gates, cases: gated },
    ...(cases.length === 0 ? {} : { cases }),
  }
}

/** In the order of the scenario. */
function gatedCases(
  log: Log,
  given: DeepPartial<ScenarioText>,
  names: readonly string[],
): readonly string[] {
  const asked = given.gates?.cases
  if (asked === undefined || asked === 'all') return asked === undefined ? [] : names
  const listed: readonly (readonly [index: readonly number[], name: unknown])[] = Array.isArray(
    asked,
  )
    ? asked.map((name, index) => [[index], name])
    : [[[], asked]]
  for (const [index, name] of listed) {
    if (typeof name !== 'string' || names.includes(name)) continue
    complain(log, ['gates', 'cases', ...index], noCase(name, names))
  }
  return names.filter((name) => listed.some(([, one]) => one === name))
}

function noCase(name: string, names: readonly string[]): Flaw {
  const near = nearest(name, names)
  const some = names.slice(0, 20).map((one) => `\`${one}\``)
  return {
    message: `no case is called \`${name}\``,
    expected:
      some.length === 0
        ? 'the name of a case; this scenario has no `cases`'
        : `\`all\`, or one of ${some.join(', ')}`,
    ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
  }
}

/** What a case is made from: nothing that is about other times, or about cases. */
function withoutCases(data: PlainData): PlainData {
  const copy = Object.assign(Object.create(null), data)
  for (const key of aboutOthers) delete copy[key]
  return copy
}

const aboutOthers: readonly string[] = ['cases', 'timeline', 'growth']
const fixed: readonly string[] = [...aboutOthers, 'version', 'extends', 'name']

function caseOf(
  log: Log,
  name: string,
  written: readonly (readonly [string, unknown])[],
  bare: PlainData,
  again: ResolveAgain,
): Case | undefined {
  const known = log.complaints.length
  const values: CaseValue[] = []
  let data = bare
  for (const [path, value] of written) {
    const put = changed(data, path, value as PlainData)
    if ('flaw' in put) complain(log, ['cases', name, path], put.flaw, put.at)
    else {
      data = put.data
      values.push(put.value)
    }
  }
  if (written.length === 0) {
    const expected = 'paths and values, such as `groups.clients.processes: x2`'
    complain(log, ['cases', name], { message: 'this case changes nothing', expected })
  }
  if (log.complaints.length > known) return undefined
  const resolved = again(data)
  if (!resolved.ok) {
    for (const { path, ...flaw } of resolved.complaints) {
      log.complaints.push({ ...flaw, path: ['cases', name, placeOf(path, written)] })
    }
    return undefined
  }
  const { workload, assumptions } = resolved
  const isKept = ({ stated, path }: Assumption): boolean =>
    stated !== true || !written.some(([one]) => isWithin(path, one) || isWithin(one, path))
  return { name, values, scenario: workload, assumptions: assumptions.filter(isKept) }
}

type Changed =
  | { readonly data: PlainData; readonly value: CaseValue }
  | { readonly flaw: Flaw; readonly at: 'key' | 'value' }

function changed(data: PlainData, path: string, written: PlainData): Changed {
  const steps = parsePath(path)?.map(({ step }) => step) ?? []
  if (fixed.includes(String(steps[0]))) {
    const message = `a case cannot set \`${steps[0]}\``
    const expected = 'a value of the host, a region, a group or a gate'
    return { flaw: { message, expected }, at: 'key' }
  }
  const misplaced = withValue(data, path, null)
  if ('flaw' in misplaced) return { flaw: misplaced.flaw, at: 'key' }
  const present = placeAt(data, steps)
  const made = changedValue(written, present?.value)
  if ('flaw' in made) {
    const meant = present === undefined ? keyMeant(data, steps) : undefined
    if (meant === undefined) return { flaw: made.flaw, at: 'value' }
    const suggestion = `did you mean \`${pathText(meant)}\`?`
    return { flaw: { ...made.flaw, suggestion }, at: 'key' }
  }
  // A key without a value takes away what is there.
  const value = made.value ?? undefined
  const put = withValue(data, path, value)
  if ('flaw' in put) return { flaw: put.flaw, at: 'key' }
  return {
    data: put.data,
    value: {
      path,
      ...(value === undefined ? {} : { value: textIn(value) }),
      ...(made.change === undefined ? {} : { change: made.change }),
    },
  }
}

function textIn(value: PlainData): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The value that is wrong, or that makes something else wrong. */
function placeOf(at: Path, written: readonly (readonly [string, unknown])[]): string {
  const named = pathText(at)
  const [first = ''] = written[0] ?? []
  const found = written.find(([one]) => isWithin(named, one) || isWithin(one, named))
  return found?.[0] ?? first
}

/** True where the first is the path of a value at the second, or below it. */
function isWithin(below: string, above: string): boolean {
  const steps = parsePath(above)?.map(({ step }) => step)
  const path = steps === undefined ? above : pathText(steps)
  return below === path || below.startsWith(`${path}.`) || below.startsWith(`${path}[`)
}
