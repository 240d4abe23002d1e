import type { Standing } from '../../plan/result/outlook.ts'
import { standingOf, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import type { AssumedAmount, Sensitivity } from '../../plan/result/what-if/sensitivity-result.ts'
import { formatBytes } from '../../units/format.ts'
import { givenBytes, listed } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { standingWords } from '../words/standing-words.ts'

/** What nobody measured, and the answer with less or more of it. */
export function assumed(result: Result, ink: Ink): readonly string[] {
  const { sensitivity } = result
  const subject = subjectOf(result)
  if (sensitivity === undefined || subject === undefined) return []
  const { assumed: amounts, factor } = sensitivity
  const now = standingOf(subject)
  const then: Standing = sensitivity.refusal === undefined ? sensitivity.riskLevel : 'no-start'
  const of = factor === 2 ? 'With twice as much of each' : 'With half of each'
  const answer = `${of}: ${now === then ? 'still ' : ''}${standingWords[then]}.`
  return [
    ...wrap(worded(`Assumed: ${listOf(amounts)}.`, ink), widthOf(ink)),
    ...(changesNothing(sensitivity) ? [] : wrap(answer, widthOf(ink))),
  ]
}

/** Half or twice of nothing is nothing. */
function changesNothing({ assumed: amounts }: Sensitivity): boolean {
  return amounts.every((amount) => {
    if (amount.kind === 'touched') return false
    return amount.kind === 'reserve' ? amount.bytes === 0 : amount.mostBytes === 0
  })
}

function listOf(amounts: readonly AssumedAmount[]): string {
  const touched = amounts.flatMap((amount) =>
    amount.kind === 'touched'
      ? [
          amount.everything
            ? `every process touches all it maps${amount.ofSome ? ', unless the scenario says otherwise' : ''}`
            : 'an estimate of what each process touches',
        ]
      : [],
  )
  const perProcess = amounts.flatMap((amount) =>
    amount.kind === 'touched' || amount.kind === 'reserve' || isPartlyNone(amount)
      ? []
      : [ofProcess(amount)],
  )
  const none = amounts.flatMap((amount) =>
    amount.kind !== 'touched' && amount.kind !== 'reserve' && isPartlyNone(amount)
      ? [`${ofProcess(amount)} where none is given`]
      : [],
  )
  const reserve = amounts.flatMap((amount) => (amount.kind === 'reserve' ? [reserved(amount)] : []))
  return [
    ...touched,
    ...(perProcess.length === 0 ? [] : [`${listed(perProcess)} per process`]),
    ...none,
    ...reserve,
  ].join('; ')
}

type PerProcess = Extract<AssumedAmount, { readonly leastBytes: number }>

/** Other groups have some. */
function isPartlyNone({ mostBytes, ofSome }: PerProcess): boolean {
  return mostBytes === 0 && ofSome === true
}

function ofProcess({ kind, leastBytes, mostBytes }: PerProcess): string {
  const what: Readonly<Record<PerProcess['kind'], string>> = {
    private: 'private memory',
    baseTables: 'its own page tables',
    kernelMemory: 'kernel memory',
  }
  if (mostBytes === 0) return `no ${what[kind]}`
  const [least, most] = [amountOf(leastBytes), amountOf(mostBytes)]
  return `${least === most ? most : `${least} to ${most}`} of ${what[kind]}`
}

function reserved({ bytes }: Extract<AssumedAmount, { readonly kind: 'reserve' }>): string {
  return bytes === 0
    ? 'nothing reserved for the system'
    : `${formatBytes(bytes)} reserved for the system`
}

function amountOf(bytes: number): string {
  return bytes === 0 ? '0 B' : givenBytes(bytes)
}
