import type { Advice, Setting, SettingKind } from '../../plan/result/advice-result.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { exactBytes, formatCount } from '../../units/format.ts'
import { entryHeading } from '../sections/advice.ts'
import { capital, quoted } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { nothingSentence, placeWords } from '../words/advice-words.ts'
import { pooledIn } from '../words/program-words.ts'

/** Entries of the screen, and lines to paste of the first. */
const mostEntries = 3
export const mostLines = 5
/** Regions or cgroups named in one sentence; `--show advice` names all. */
const mostNames = 4

/**
 * What to do: three options at most, the first with the lines that matter most; or why there is
 * nothing to do.
 * @param most lines to paste.
 * @param heading what stands above them; none above a reason.
 */
export function firstSteps(
  result: Result,
  ink: Ink,
  most: number = mostLines,
  heading: string = titleOf(result),
): readonly string[] {
  const { advice, nothingToDo } = result
  const [first] = advice
  if (first === undefined) {
    if (nothingToDo === undefined) return []
    return wrap(worded(nothingSentence(nothingToDo, result), ink), widthOf(ink))
  }
  return [
    ...wrap(heading, widthOf(ink)).map(brushesOf(ink).heading),
    ...advice.slice(0, mostEntries).flatMap((each, index) => {
      const prefix = `${index + 1}. `
      return [
        ...entryHeading(each, prefix, advice[index - 1], result, ink, mostNames),
        ...(index === 0 ? linesOf(each, ' '.repeat(prefix.length), ink, most) : []),
      ]
    }),
    ...(advice.length > mostEntries
      ? [`${formatCount(advice.length - mostEntries)} more: --show advice`]
      : []),
  ]
}

function titleOf(result: Result): string {
  const isJudgedWithout = subjectOf(result)?.status === 'proposed'
  const without = isJudgedWithout ? ' without mshare' : ''
  return result.advice[0]?.purpose === 'headroom'
    ? `WORTH DOING${without} (it is safe as it is)`
    : `WHAT TO DO${without}`
}

/** How much a line matters: what takes the memory, what the program needs to start, what it is told. */
const ranks: Readonly<Record<SettingKind, number | undefined>> = {
  pool: 0,
  overcommit: 0,
  'cgroup-limit': 0,
  'transparent-huge-pages': 0,
  'pool-at-boot': 1,
  'default-page-size': 1,
  memlock: 2,
  service: 2,
  kubernetes: 2,
  database: 3,
  'command-line': 3,
  connections: 3,
  ask: 4,
  // Needed now and then, or repeats another line: --show advice has them.
  'pool-at-boot-instead': undefined,
  'pool-now': undefined,
  'pool-by-node': undefined,
  'shm-group': undefined,
  'shm-limits': undefined,
  'for-segments': undefined,
  check: undefined,
}

interface Line {
  readonly setting: Setting
  readonly text: string
  readonly rank: number | undefined
}

function linesOf(each: Advice, indent: string, ink: Ink, most: number): readonly string[] {
  const all = each.settings.flatMap((setting) =>
    setting.lines.map((text): Line => ({ setting, text, rank: ranks[setting.kind] })),
  )
  const needed = all.filter(({ rank }) => rank !== undefined)
  const chosen = new Set(needed.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).slice(0, most))
  const shown = all.filter((line) => chosen.has(line))
  const lines = shown.flatMap(({ setting, text }, index) => {
    const place = placeOf(setting, ink)
    const former = shown[index - 1]
    const isSame = former !== undefined && placeOf(former.setting, ink) === place
    return [
      ...(isSame ? [] : hanging(indent, worded(place, ink), widthOf(ink))),
      `${indent}  ${text}`,
    ]
  })
  const more = moreOf(each, all.length - shown.length)
  const asking = mustAsk(each) ? hanging(indent, worded(askThemselves, ink), widthOf(ink)) : []
  return [
    ...lines,
    ...asking,
    ...(more === '' ? [] : hanging(indent, `${more}: --show advice`, widthOf(ink))),
  ]
}

const askThemselves =
  'The programs must ask for these pages: SHM_HUGETLB, MAP_HUGETLB, MFD_HUGETLB.'

/** True where it is unknown how a program is told to take huge pages. */
function mustAsk(each: Advice): boolean {
  return pooledIn(each)?.regions.some(({ isNew, program }) => isNew && program === 'other') ?? false
}

/** The place alone: text behind a setting would break it. */
function placeOf({ place, cgroup }: Setting, ink: Ink): string {
  const pod = cgroup === undefined ? '' : `Kubernetes, cgroup ${quoted(named(cgroup, ink))}: `
  return `${pod}${placeWords.get(place) ?? place}`
}

/** `6 more lines, and pages of 1 GiB`. */
function moreOf(each: Advice, lines: number): string {
  const larger = each.action === 'huge-pages' ? each.largerPages : []
  const sizes = larger.map(({ pageBytes }) => exactBytes(pageBytes)).join(' or ')
  const parts = [
    ...(lines === 0 ? [] : [`${formatCount(lines)} more ${lines === 1 ? 'line' : 'lines'}`]),
    ...(sizes === '' ? [] : [`pages of ${sizes}`]),
  ]
  return capital(parts.join(', and '))
}
