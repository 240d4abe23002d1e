import type { Figures } from '../../importers/templates/draft-scenario.ts'
import type { TemplateName } from '../../importers/templates/template.ts'
import { templateNames } from '../../importers/templates/template.ts'
import { nearest } from '../../scenario/yaml/suggest.ts'
import type { Command } from '../output/formats.ts'
import type { ImportFlags } from './import-options.ts'
import { asTyped, wholeNumber } from './import-options.ts'
import type { OptionDeclaration } from './option.ts'
import { enumeration, flag, single, text, UsageError } from './option.ts'

/** What `init` is told of the server. */
export interface InitRequest {
  /** Absent: asked for, or `blank`. */
  readonly template?: TemplateName
  readonly figures: Figures
  /** The screen of the scenario is printed in its place. */
  readonly plans: boolean
}

/** Options of `init` alone. `--memory`, `--swap` and `--touched` are options of `import` too. */
export interface InitFlags {
  readonly shared?: string
  readonly processes?: number
  readonly private?: string
  readonly title?: string
  readonly plan?: true
}

const starting: readonly Command[] = ['init']

export const initOptions: {
  readonly [Name in keyof InitFlags]-?: OptionDeclaration<NonNullable<InitFlags[Name]>>
} = {
  shared: single({
    flags: '--shared SIZE',
    help: 'plan for SIZE of shared memory or buffer pool, such as 300GB',
    commands: starting,
    read: asTyped,
  }),
  processes: single({
    flags: '--processes N',
    help: 'plan for N processes; for mysql and threads, N threads of one process',
    commands: starting,
    read: wholeNumber,
  }),
  private: single({
    flags: '--private SIZE',
    help: 'plan for SIZE of private memory in each process, such as 6MB',
    commands: starting,
    read: asTyped,
  }),
  title: single({
    flags: '--title TEXT',
    help: 'call the scenario TEXT',
    commands: starting,
    read: text,
  }),
  plan: flag({
    flags: '--plan',
    help: 'print the plan of the scenario instead; --output FILE still saves the scenario',
    commands: starting,
  }),
}

/** @throws UsageError where the template is unknown, or two results would share standard output. */
export function initRequestOf(
  [word, second]: readonly string[],
  options: InitFlags & ImportFlags & { readonly output?: readonly string[] },
): InitRequest {
  const { memory, swap, touched, shared, processes, title, plan, output = [] } = options
  if (second !== undefined) {
    throw new UsageError(`init takes one template; remove ${second}`)
  }
  if (plan === true && output.includes('-')) {
    throw new UsageError('--plan prints on standard output; write -o FILE instead of -o -')
  }
  return {
    ...(word === undefined ? {} : { template: templateCalled(word) }),
    figures: {
      ...(memory === undefined ? {} : { memory }),
      ...(shared === undefined ? {} : { shared }),
      ...(processes === undefined ? {} : { processes }),
      ...(options.private === undefined ? {} : { private: options.private }),
      ...(swap === undefined ? {} : { swap }),
      ...(touched === undefined ? {} : { touched }),
      ...(title === undefined ? {} : { title }),
    },
    plans: plan === true,
  }
}

/** @throws UsageError where no template has the name. */
export function templateCalled(word: string): TemplateName {
  const name = templateNames.find((candidate) => candidate === word)
  if (name !== undefined) return name
  const near = nearest(word, templateNames)
  const hint = near === undefined ? `write ${enumeration(templateNames)}` : `did you mean ${near}?`
  throw new UsageError(`init has no template ${word}; ${hint}`)
}
