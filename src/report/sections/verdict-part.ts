import { outlookOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { gateLines } from '../../render/screen/gate-lines.ts'
import { postmortemScreen } from '../../render/screen/postmortem-screen.ts'
import { timelineLines } from '../../render/screen/timeline-lines.ts'
import { verdict } from '../../render/screen/verdict.ts'
import { entryHeading } from '../../render/sections/advice.ts'
import { verdictWords } from '../../render/words/standing-words.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { View } from './view.ts'

/** Does it hold, how far, and who is killed first: the sentences of the screen. */
export function verdictPart(view: View): readonly Markup[] {
  const { result } = view
  const { postmortem } = result
  if (postmortem !== undefined) {
    const screen = postmortemScreen(result, postmortem, { ...pageInk, width: 80 })
    return [el('pre', { class: 'screen' }, screen.trimEnd()), ...underOther(view)]
  }
  return [
    ...sentences(result, 'verdict'),
    ...underOther(view),
    ...gates(result),
    ...timelineLines(result, pageInk).map((line) => el('p', {}, line)),
    ...(view.isChanging === true ? [] : firstStep(result)),
  ]
}

/** What helps, for who reads no further; only where something must be done. */
function firstStep(result: Result): readonly Tagged[] {
  const [first] = result.advice
  if (first === undefined || outlookOf(result) === 'safe') return []
  const heading = entryHeading(first, '', undefined, result, pageInk).join(' ')
  return [el('p', {}, el('strong', {}, 'What to do first: '), heading)]
}

function sentences(result: Result, className: string): readonly Tagged[] {
  const outlook = outlookOf(result)
  const word = outlook === 'unplanned' ? 'NOT PLANNED' : verdictWords[outlook]
  const [first = '', ...others] = verdict(result, pageInk)
  return [
    el(
      'p',
      { class: `${className} ${outlook}` },
      el('strong', { class: 'badge' }, word),
      first.slice(word.length),
    ),
    ...others.map((line) => el('p', {}, line)),
  ]
}

/** The verdict under the strategy that is shown, where the first sentence is about another. */
function underOther({ result, strategy }: View): readonly Tagged[] {
  const other = result.strategies.find(({ id }) => id === strategy)
  if (other === undefined || !other.applies || other === subjectOf(result)) return []
  const { withoutMshare: _, ...rest } = result
  return sentences({ ...rest, strategies: [other] }, 'verdict other')
}

/** Those that fail come first, a line each. */
function gates(result: Result): readonly Tagged[] {
  const failing = result.gates.filter(({ holds }) => !holds).length
  return gateLines(result, pageInk).map((line, index) =>
    el('p', { class: index < failing ? 'verdict gate' : undefined }, line),
  )
}
