import type { Term } from '../../render/words/terms/term.ts'
import { findTerm, termNames } from '../../render/words/terms/terms.ts'
import { nearest } from '../../scenario/yaml/suggest.ts'
import { printable } from '../../units/printable.ts'
import { findingIds } from '../../workload/finding-ids.ts'
import type { World } from '../machine/world.ts'

/** Something that is explained without a scenario. */
export type Topic =
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: 'finding'; readonly id: string }

/** The topics that words mean, or what is wrong with the first that means none. */
export type Topics =
  | { readonly ok: true; readonly topics: readonly Topic[] }
  | { readonly ok: false; readonly fault: string }

/** Whether an operand names a file, a folder, a pattern or standard input, or looks as if it should. */
export function namesFile(operand: string, world: World): boolean {
  if (operand === '-' || exists(operand, world)) return true
  if (isPath(operand) || findTerm(operand) !== undefined) return false
  return /[/*?[\]{}]|[.](yaml|yml|json)$/.test(operand)
}

/** Whether a word is the path of a number or of a key, as `groups.clients.processes`. */
function isPath(word: string): boolean {
  return /^(?:host|groups|regions|strategies|advice|mshare|gates)[.[]/.test(word)
}

/** Whether a word is the id of a finding. */
export function isFindingId(word: string): boolean {
  return /^MSP\d+$/i.test(word)
}

/** Words that stand for one term together, as `safe to`, or else one by one. */
export function topicsOf(words: readonly string[], world: World): Topics {
  const together = findTerm(words.join(' '))
  if (together !== undefined) return { ok: true, topics: [{ kind: 'term', term: together }] }
  const topics: Topic[] = []
  for (const word of words) {
    const topic = topicOf(word)
    if (topic === undefined) return { ok: false, fault: printable(faultOf(word, words, world)) }
    topics.push(topic)
  }
  return { ok: true, topics }
}

function topicOf(word: string): Topic | undefined {
  const term = findTerm(word)
  if (term !== undefined) return { kind: 'term', term }
  const id = findings.get(word.toLowerCase())
  return id === undefined ? undefined : { kind: 'finding', id }
}

/** By id and by kind, in small letters. */
const findings: ReadonlyMap<string, string> = new Map(
  Object.entries(findingIds).flatMap(([kind, id]) => [
    [kind, id],
    [id.toLowerCase(), id],
  ]),
)

function faultOf(word: string, words: readonly string[], world: World): string {
  if (exists(word, world)) {
    const others = words.filter((other) => other !== word)
    return `${word} is a file; write it first: mshare-plan explain ${[word, ...others].join(' ')}`
  }
  if (isPath(word)) {
    return `${word} is a path; name its scenario first: mshare-plan explain FILE ${word}`
  }
  if (isFindingId(word)) {
    const known = Object.values<string>(findingIds)
    return `finding ${word.toUpperCase()} is unknown; findings are ${known.join(', ')}`
  }
  // Of a single letter or sign every other one would be a misspelling.
  const near =
    word.trim().length < 2
      ? undefined
      : nearest(word, [...termNames, ...findings.keys(), ...scenariosHere(world)])
  const hint =
    near === undefined
      ? 'mshare-plan explain lists all terms and findings'
      : `did you mean ${near}?`
  return `${word} is neither a term, a finding nor a file; ${hint}`
}

function exists(operand: string, world: World): boolean {
  const kind = world.kindOf(operand)
  return typeof kind === 'string' || kind.reason !== 'missing'
}

function scenariosHere(world: World): readonly string[] {
  const listing = world.listFolder('.')
  return listing.ok ? listing.names.filter((name) => /[.](yaml|yml|json)$/.test(name)) : []
}
