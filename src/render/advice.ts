import type { Advice, NotAdvised, Setting } from '../plan/advice-result.ts'
import type { Result } from '../plan/result.ts'
import { exactBytes, formatBytes, formatCount } from '../units/format.ts'
import { adviceNotes, declineWords, placeWords, settingWords } from './advice-words.ts'
import type { Ink } from './ink.ts'
import { brushesOf, named, widthOf, worded } from './ink.ts'
import { proposedMeans } from './strategy.ts'
import { hanging, wrap } from './wrap.ts'

/**
 * What to do, the best first, with the lines that do it. A line to paste stands on a line of its own
 * and is never broken, however narrow the view. What is true of several is said once.
 */
export function advice(result: Result, ink: Ink): readonly string[] {
  const { advice: all, notAdvised } = result
  const wins = distinct(all.map(({ wonBytes }) => wonBytes))
  const said = new Set<string>()
  const items = all.flatMap((each, index) => {
    const notes = adviceNotes(each, (text) => named(text, ink)).filter((note) => !said.has(note))
    for (const note of notes) said.add(note)
    return [...(index === 0 ? [] : ['']), ...item(each, index + 1, wins[index] ?? '', notes, ink)]
  })
  return [
    ...(all.length === 0 ? [] : [...wrap(worded(intro, ink), widthOf(ink)), '']),
    ...items,
    ...(all.length === 0 || notAdvised.length === 0 ? [] : ['']),
    ...declined(notAdvised, ink),
  ]
}

const intro =
  'Each by itself, against as-described. Indented lines are to be pasted where the line above them says.'

/** Amounts in the unit each reads best in, with as many decimals as tell unequal ones apart. */
function distinct(values: readonly number[]): readonly string[] {
  return values.map((value) => {
    const others = values.filter((other) => other !== value)
    const told = [1, 2, 3, 4, 5, 6].find((decimals) =>
      others.every((other) => formatBytes(other, decimals) !== formatBytes(value, decimals)),
    )
    return told === undefined ? exactBytes(value) : formatBytes(value, told)
  })
}

function item(
  each: Advice,
  rank: number,
  won: string,
  notes: readonly string[],
  ink: Ink,
): readonly string[] {
  const prefix = `${rank}. `
  const indent = ' '.repeat(prefix.length)
  const head = hanging(prefix, worded(`${headOf(each, won, ink)}.`, ink), widthOf(ink))
  return [
    ...head.map(brushesOf(ink).strong),
    ...each.settings.flatMap((setting, index) =>
      pasted(setting, each.settings[index - 1], indent, ink),
    ),
    ...notes.flatMap((note) => hanging(indent, worded(note, ink), widthOf(ink))),
  ]
}

function headOf(each: Advice, won: string, ink: Ink): string {
  const left = `${formatBytes(each.pageTableBytes)} are left, risk ${each.riskLevel}`
  const proposed = each.status === 'proposed' ? ` (${proposedMeans})` : ''
  switch (each.action) {
    case 'huge-pages':
      return `Huge pages of ${exactBytes(each.pageBytes)} (${each.id})${proposed} win ${won} of page tables; ${left}`
    case 'transparent-huge-pages':
      return `Transparent huge pages (${each.id})${proposed} win up to ${won} of page tables; ${left}`
    case 'pooler':
      return `A pooler for group ${named(each.group, ink)}${proposed}, ${formatCount(each.safeProcesses)} processes instead of ${formatCount(each.processes)}, wins ${won} of page tables; ${left}`
    case 'resize-pool':
      return `${resizing(each, won)}, risk ${each.riskLevel}`
    case 'mshare':
      return `mshare${proposed} would win ${won} of page tables; ${left}`
  }
}

type Resizing = Extract<Advice, { readonly action: 'resize-pool' }>

function resizing({ pools, pageBytes }: Resizing, won: string): string {
  const { pages = 0, configuredPages = 0 } = pools[0] ?? {}
  const size = `huge pages of ${exactBytes(pageBytes)}`
  const change = `${formatCount(pages)} ${size} instead of ${formatCount(configuredPages)}`
  return pages > configuredPages
    ? `First a larger pool, ${change}: without it a region cannot be mapped`
    : `A smaller pool, ${change}, gives back ${won} of memory`
}

/** The place once for lines that follow one another there. */
function pasted(
  setting: Setting,
  former: Setting | undefined,
  indent: string,
  ink: Ink,
): readonly string[] {
  const why = settingWords[setting.kind]
  const program = setting.program === undefined ? '' : `${setting.program}, `
  const where = placeWords.get(setting.place) ?? setting.place
  const heading = `${program}${where}${why === '' ? '' : ` (${why})`}:`
  const shown = heading.charAt(0).toUpperCase() + heading.slice(1)
  const same =
    former !== undefined &&
    former.place === setting.place &&
    former.program === setting.program &&
    settingWords[former.kind] === why
  return [
    ...(same ? [] : hanging(indent, worded(shown, ink), widthOf(ink))),
    ...setting.lines.map((line) => `${indent}  ${line}`),
  ]
}

function declined(notAdvised: readonly NotAdvised[], ink: Ink): readonly string[] {
  return notAdvised.flatMap(({ id, status, reason }) => {
    const label = status === 'proposed' ? `${id} (proposed)` : id
    return hanging('', worded(`Not advised: ${label}, ${declineWords[reason]}.`, ink), widthOf(ink))
  })
}
