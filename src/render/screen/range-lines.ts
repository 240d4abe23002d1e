import { subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import type {
  RangeBounds,
  RangeChances,
  RangedInput,
  Ranges,
} from '../../plan/result/what-if/ranges-result.ts'
import { formatBytes, formatCount, formatDecimal, formatPercent } from '../../units/format.ts'
import { capital, givenBytes, listed } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { standingWords } from '../words/standing-words.ts'

/** Which values are ranges, and what that does to the verdict above. */
export function rangeLines(
  result: Pick<Result, 'strategies' | 'gates'>,
  ranges: Ranges,
  ink: Ink,
): readonly string[] {
  const { bounds, chances, inputs } = ranges
  const subject = subjectOf(result)?.id ?? ''
  const lines = [
    inputsLine(inputs, ink),
    ...(bounds === undefined ? [] : boundsLines(bounds, subject, chances !== undefined)),
    ...(chances === undefined ? [] : chancesLines(chances, subject)),
    ...(chances === undefined || result.gates.length === 0
      ? []
      : ['Gates are judged by what is worse one time in 20.']),
  ]
  return lines.flatMap((line) => wrap(worded(line, ink), widthOf(ink)))
}

/** More than this are counted. */
const mostInputs = 3

function inputsLine(inputs: readonly RangedInput[], ink: Ink): string {
  const said = inputs.slice(0, mostInputs).map((input) => {
    const { path, also = [], from, to, p50, p95 = 0, unit } = input
    const [one, ...others] = [path, ...also.slice(0, mostInputs)].map((each) => named(each, ink))
    const left = also.length - others.length
    const more = left > 0 ? [`${formatCount(left)} more`] : []
    const name = also.length > 0 ? `${listed([one ?? '', ...others, ...more])} alike,` : one
    // A share ends there.
    const over = unit === 'percent' && p95 === 100 ? '' : 'over '
    return from === undefined || to === undefined
      ? `${name} ${amount(p50 ?? 0, unit)} in the median, ${over}${amount(p95, unit)} one time in 20`
      : `${name} ${amount(from, unit)} to ${amount(to, unit)}`
  })
  const more = inputs.length - said.length
  const rest = more === 0 ? '' : `; and ${formatCount(more)} more`
  return `Ranges: ${said.join('; ')}${rest}.`
}

function amount(value: number, unit: RangedInput['unit']): string {
  if (unit === 'bytes') return givenBytes(value)
  if (unit === 'percent') return `${formatDecimal(value, Number.isInteger(value) ? 0 : 2)} %`
  return `${formatCount(value)}${unit === 'pages' ? ' pages' : ''}`
}

/** `The worst is planned above; the best is safe. Page tables 58.7 GiB to 1.7 TiB, headroom …`. */
function boundsLines(bounds: RangeBounds, subject: string, isMedian: boolean): readonly string[] {
  const one = bounds.strategies.find(({ id }) => id === subject)
  if (one === undefined) return []
  const { pageTables, headroom, best, worst, proven, notAlways } = one
  const between = isMedian ? ', if the rest is in the median' : ''
  const risks =
    best.risk === worst.risk
      ? `${capital(standingWords[best.risk])} with any of them${between}`
      : `${capital(standingWords[best.risk])} at best, ${standingWords[worst.risk]} at worst${between}`
  const figures = [
    `page tables ${spread(pageTables.leastBytes, pageTables.mostBytes)}`,
    `headroom ${spread(headroom.leastBytes, headroom.mostBytes)}`,
  ]
  const doubt = proven ? '' : ' Values between the ends were searched: a few may go further.'
  const never = notAlways ? ' Some of them cannot be planned.' : ''
  const above = isMedian ? '' : ' The worst is planned here.'
  return [`${risks}: ${figures.join(', ')}.${above}${doubt}${never}`]
}

function spread(least: number, most: number): string {
  return least === most ? formatBytes(least) : `${formatBytes(least)} to ${formatBytes(most)}`
}

/** `Safe 64.3 %, tight 5.1 %, out of memory 30.6 %. Page tables: …`. */
function chancesLines({ method, strategies }: RangeChances, subject: string): readonly string[] {
  const one = strategies.find(({ id }) => id === subject)
  if (one === undefined) return []
  const likely = one.risks.filter(({ fraction }) => fraction >= leastShown)
  const risks = likely.map(
    ({ risk, fraction }) =>
      `${risk === 'unplanned' ? 'cannot be planned' : standingWords[risk]} ${formatPercent(fraction)}`,
  )
  const most = Math.max(...one.risks.map(({ errorFraction }) => errorFraction))
  const error =
    method.kind === 'closed-form'
      ? ''
      : ` (at most ${formatPercent(most)} off, by ${formatCount(method.samples)} samples)`
  const { pageTables, headroom } = one
  return [
    `Chances: ${listed(risks)}${error}. The median is planned here.`,
    `One time in 20, page tables exceed ${formatBytes(pageTables.p95.bytes)}; one time in 20, headroom is below ${formatBytes(headroom.p5.bytes)}.`,
  ]
}

/** Less reads as never. */
const leastShown = 0.00005
