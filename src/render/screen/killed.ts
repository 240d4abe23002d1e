import type { Killed, Postmortem, RuleChoice } from '../../plan/result/postmortem-result.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { listed, quoted } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { killWords } from '../words/postmortem-words.ts'

/** Whom the kernel killed, what that gave back, and whether its rule and the plan agree. */
export function killedLines(postmortem: Postmortem, ink: Ink): readonly string[] {
  const { killed, panicked } = postmortem
  const [first] = killed
  const sentences = [
    ...(first === undefined ? [noneKilled(panicked === true)] : killedSentences(killed, ink)),
    ...ruleSentences(postmortem, ink),
    ...planSentences(postmortem, ink),
  ]
  return wrap(worded(sentences.join(' '), ink), widthOf(ink))
}

function noneKilled(panicked: boolean): string {
  return panicked
    ? 'Killed: no process. The kernel panicked and stopped the machine.'
    : 'Killed: the log does not say which process.'
}

function killedSentences(killed: readonly Killed[], ink: Ink): readonly string[] {
  const [first, ...others] = killed
  if (first === undefined) return []
  const { because, freedBytes, privateBytes, pageTableBytes, sharedBytes = 0 } = first
  const why = because === undefined || killWords[because] === '' ? '' : `, ${killWords[because]}`
  const more = others.length === 0 ? '' : `, then ${formatCount(others.length)} more`
  const parts = [
    ...(privateBytes === undefined ? [] : [`${formatBytes(privateBytes)} of private memory`]),
    ...(pageTableBytes === undefined ? [] : [`${formatBytes(pageTableBytes)} of page tables`]),
  ]
  return [
    `Killed: ${processText(first, ink)}${why}${more}.`,
    ...(freedBytes === undefined
      ? []
      : [
          `That gave back ${parts.length > 1 ? `${formatBytes(freedBytes)}: ` : ''}${listed(parts)}.`,
        ]),
    ...(sharedBytes === 0 ? [] : [`Its ${formatBytes(sharedBytes)} of shared memory stayed.`]),
  ]
}

/** `oracle (pid 4711, one of clients)`. */
function processText(
  { process, pid, group }: Pick<Killed, 'process' | 'pid' | 'group'>,
  ink: Ink,
): string {
  const of = group === undefined ? '' : `, one of ${quoted(named(group, ink))}`
  return `${quoted(named(process, ink))} (pid ${pid}${of})`
}

function ruleSentences({ rule, killed }: Postmortem, ink: Ink): readonly string[] {
  if (rule === undefined) {
    return killed.length === 0 ? [] : ['The log lists too little to check that choice.']
  }
  if (rule.agrees === undefined) return [`By the kernel's rule it is ${processText(rule, ink)}.`]
  const words: Readonly<Record<NonNullable<RuleChoice['agrees']>, string>> = {
    process: "The kernel's rule, most memory and page tables, picks the same process.",
    group: `The kernel's rule picks pid ${rule.pid} of the same group.`,
    no: `The kernel's rule picks ${processText(rule, ink)} from the list.`,
  }
  return [words[rule.agrees]]
}

/** Among processes that are not in the log another might be expected. */
function planSentences({ plan, holders }: Postmortem, ink: Ink): readonly string[] {
  if (plan?.group === undefined || holders?.isPartial === true) return []
  const group = quoted(named(plan.group, ink))
  return [`The plan ${plan.agrees === true ? 'also ' : ''}expects one of ${group}.`]
}
