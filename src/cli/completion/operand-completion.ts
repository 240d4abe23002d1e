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
    if (first === undefined) return { candidates: findingCandidates, files: scenarios }
    return isFinding(first) ? { candidates: findingCandidates } : files()
  },
  limits: files,
  capture: () => nothing,
  verify: files,
  import: ([first]) => (first === undefined ? { candidates: [], files: { endings: [] } } : nothing),
  layouts: () => nothing,
  schema: () => nothing,
  completion: ([first]) =>
    first === undefined ? { candidates: plainCandidates(shells) } : nothing,
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

const findingCandidates: readonly Candidate[] = Object.entries(findingIds).map(([kind, id]) => ({
  text: id,
  description: kind.replaceAll('-', ' '),
  isOpen: false,
}))

function isFinding(operand: string): boolean {
  return findingCandidates.some(({ text }) => text === operand.toUpperCase())
}
