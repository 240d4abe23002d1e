import { templateNames } from '../../importers/templates/template.ts'
import { findTerm, termGroups } from '../../render/words/terms/terms.ts'
import { findingIds } from '../../workload/finding-ids.ts'
import { helpCommand, manual } from '../arguments/command-manual.ts'
import { shells } from '../arguments/shells.ts'
import type { Command } from '../output/formats.ts'
import { commands } from '../output/formats.ts'
import type { Candidate, Completion, FileWish } from './candidate.ts'
import { plainCandidates } from './candidate.ts'
import type { TypedLine } from './typed-line.ts'

type Operands = Omit<Completion, 'before'>

/** What a word that is no option may be: a command, a file, or what the command takes. */
export function operandCompletion(line: TypedLine): Operands {
  if (line.command === 'help') {
    return { candidates: line.operands.length === 0 ? commandCandidates : [] }
  }
  const taken = operandsOf[line.command](line.operands)
  if (!line.isImplied || line.operands.length > 0) return taken
  return { ...taken, candidates: [...commandCandidates, helpCandidate, ...taken.candidates] }
}

const nothing: Operands = { candidates: [] }

const scenarios: FileWish = { endings: ['.yaml', '.yml', '.json'] }

/** What a command takes, by the operands that it has. */
const operandsOf: Readonly<Record<Command, (operands: readonly string[]) => Operands>> = {
  plan: files,
  check: files,
  explain: ([first]) => {
    if (first === undefined) return { candidates: topicCandidates, files: scenarios }
    return isTopic(first) ? { candidates: topicCandidates } : files()
  },
  limits: files,
  sweep: ([first]) => (first === undefined ? files() : nothing),
  diff: (operands) => (operands.length < 2 ? files() : nothing),
  timeline: ([first]) => (first === undefined ? files() : nothing),
  capture: () => ({ candidates: [], files: { endings: [] } }),
  collect: () => nothing,
  verify: files,
  import: anyFile,
  postmortem: anyFile,
  report: files,
  init: ([first]) =>
    first === undefined ? { candidates: plainCandidates(templateNames) } : nothing,
  layouts: () => nothing,
  schema: () => nothing,
  completion: ([first]) =>
    first === undefined ? { candidates: plainCandidates(shells) } : nothing,
}

function anyFile([first]: readonly string[]): Operands {
  return first === undefined ? { candidates: [], files: { endings: [] } } : nothing
}

function files(): Operands {
  return { candidates: [], files: scenarios }
}

const commandCandidates: readonly Candidate[] = commands.map((command) => ({
  text: command,
  description: manual[command].synopsis,
  isOpen: false,
}))

const helpCandidate: Candidate = { text: 'help', description: helpCommand[1], isOpen: false }

/** What explain knows: terms, those of several words with hyphens, and findings. */
const topicCandidates: readonly Candidate[] = [
  ...termGroups.flatMap(({ title, terms }) =>
    terms
      .map(({ name }) => name.replaceAll(' ', '-'))
      .filter((name) => /^[\w-]+$/.test(name))
      .map((text) => ({ text, description: title.toLowerCase(), isOpen: false })),
  ),
  ...Object.entries(findingIds).map(([kind, id]) => ({
    text: id,
    description: kind.replaceAll('-', ' '),
    isOpen: false,
  })),
]

function isTopic(operand: string): boolean {
  const isFinding = Object.values<string>(findingIds).includes(operand.toUpperCase())
  return isFinding || findTerm(operand) !== undefined
}
