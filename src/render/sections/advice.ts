import type { Advice, Setting } from '../../plan/result/advice-result.ts'
import type { GateMetric, GateResult } from '../../plan/result/gate-result.ts'
import { outlooks } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { capital, listed, quoted } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging } from '../text/wrap.ts'
import {
  declineSentence,
  effortSentences,
  nothingSentence,
  orderOf,
  outcomeOf,
  placeWords,
  poolNotes,
  settingWords,
} from '../words/advice-words.ts'
import { metricWords } from '../words/gate-words.ts'
import { programNames } from '../words/program-words.ts'
import { regionNotes } from './region-notes.ts'

/** Heading of the section. */
export function adviceTitle({ advice: [first] }: Result): string {
  return first?.purpose === 'headroom' ? 'Worth doing (it is safe as it is)' : 'What to do'
}

/**
 * What to do, in order, each with the lines that do it, and what is not advised. A line to paste has
 * a line of its own below its place, and is never broken, however narrow the view.
 */
export function advice(result: Result, ink: Ink): readonly string[] {
  const { advice: every, nothingToDo, rejected } = result
  const said = new Set<string>()
  const items = every.flatMap((each, index) => {
    const notes = notesOn(each, ink).filter((note) => !said.has(note))
    for (const note of notes) said.add(note)
    const prefix = `${index + 1}. `
    const indent = ' '.repeat(prefix.length)
    return [
      ...entryHeading(each, prefix, every[index - 1], result, ink),
      ...linesOf(each, indent, ink),
      ...notes.flatMap((note) => hanging(indent, worded(note, ink), widthOf(ink))),
    ]
  })
  const nothing =
    nothingToDo === undefined
      ? []
      : hanging('', worded(nothingSentence(nothingToDo, result), ink), widthOf(ink))
  return [
    ...nothing,
    ...items,
    ...rejected.flatMap((one) => hanging('', worded(declineSentence(one), ink), widthOf(ink))),
  ]
}

export function notesOn(each: Advice, ink: Ink): readonly string[] {
  const name = (text: string) => named(text, ink)
  return [...poolNotes(each), ...regionNotes(each, name)]
}

/**
 * `2. Or add memory: 1.3 TiB is safe.` What follows a start comes after it; others are alternatives.
 * @param most regions or cgroups that are named before the others are only counted.
 */
export function entryHeading(
  each: Advice,
  prefix: string,
  former: Advice | undefined,
  result: Result,
  ink: Ink,
  most: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  const text = sentenceOn(each, result, ink, { before: joint(each, former), most })
  return hanging(prefix, worded(text, ink), widthOf(ink)).map(brushesOf(ink).strong)
}

function joint(each: Advice, former: Advice | undefined): string {
  if (former === undefined) return ''
  return former.purpose === 'start' && each.purpose !== 'start' ? 'then ' : 'or '
}

/** What to do, what it comes to and what it takes: `Put sga on huge pages of 2 MiB: safe. Restart Oracle.` */
function sentenceOn(
  each: Advice,
  result: Result,
  ink: Ink,
  { before, most }: { readonly before: string; readonly most: number },
): string {
  const order = `${before}${orderOf(each, (text) => named(text, ink), most)}`
  const isSaid =
    each.purpose !== 'headroom' && (each.action === 'pooler' || each.action === 'memory')
  const start = each.purpose === 'start' ? ', then start' : ''
  const outcome = isSaid ? '' : `: ${outcomeOf(each, result.host.memoryBytes)}`
  const first = `${capital(order)}${start}${outcome}${onGates(each, result)}`
  return [first, ...effortSentences(each)].map((text) => `${text}.`).join(' ')
}

/** What becomes of the gates that fail, of those that the figures of advice decide: none on a case. */
function onGates(each: Advice, { gates }: Result): string {
  const judged = gates.filter(
    ({ holds, strategy, metric, case: name }) =>
      !holds &&
      name === undefined &&
      strategy === 'as-described' &&
      gateFigures[metric] !== undefined,
  )
  const failing = judged.filter((gate) => gateFigures[gate.metric]?.(each, gate.limit) === false)
  if (judged.length === 0) return ''
  const shown = failing.length === 0 ? judged : failing
  const names = [...new Set(shown.map((gate) => metricWords(gate).name))]
  const what = `the ${listed(names)} gate${names.length === 1 ? '' : 's'}`
  const one = names.length === 1 ? 's' : ''
  return failing.length === 0 ? `; ${what} hold${one}` : `; ${what} still fail${one}`
}

/** The worst first. */
const levels: readonly (string | number)[] = outlooks

/** Whether advice makes a gate hold, by what it leads to. */
const gateFigures: Readonly<
  Partial<Record<GateMetric, (each: Advice, limit: GateResult['limit']) => boolean>>
> = {
  risk: ({ riskLevel }, limit) => levels.indexOf(riskLevel) >= levels.indexOf(limit),
  headroom: ({ headroomBytes }, limit) => typeof limit === 'number' && headroomBytes >= limit,
  pageTables: ({ pageTableBytes }, limit) => typeof limit === 'number' && pageTableBytes <= limit,
}

/** The place once for lines that follow one another there. */
function linesOf({ settings }: Advice, indent: string, ink: Ink): readonly string[] {
  return settings.flatMap((setting, index) => [
    ...(isSamePlace(setting, settings[index - 1])
      ? []
      : hanging(indent, worded(placeOf(setting, ink), ink), widthOf(ink))),
    ...setting.lines.map((line) => `${indent}  ${line}`),
  ])
}

/** True where lines follow those before them in one place. */
export function isSamePlace(setting: Setting, former: Setting | undefined): boolean {
  return (
    former !== undefined &&
    former.place === setting.place &&
    former.program === setting.program &&
    former.cgroup === setting.cgroup &&
    settingWords[former.kind] === settingWords[setting.kind]
  )
}

/** Where the lines of a setting go, and what for. */
export function placeOf({ kind, program, cgroup, place }: Setting, ink: Ink): string {
  const why = settingWords[kind]
  const whose =
    program === undefined || place.includes(programNames[program])
      ? ''
      : `${programNames[program]}, `
  const where = placeWords.get(place) ?? place
  const pod = cgroup === undefined ? '' : `Kubernetes, cgroup ${quoted(named(cgroup, ink))}, `
  const text = `${pod}${whose}${where}${why === '' ? '' : ` (${why})`}`
  return text.startsWith('/') ? text : capital(text)
}
