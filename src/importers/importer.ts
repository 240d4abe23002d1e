import { AnnotatedScenario } from '../scenario/annotated-scenario.ts'
import type { LocatedFlaw } from '../scenario/yaml/yaml-tree.ts'

/** What to know beside the files of the database. */
export interface Wishes {
  /** Memory of the host, as the scenario will say it. */
  readonly memory: string
  readonly swap?: string
  /** Client connections to plan for, where that is not what the files allow. */
  readonly connections?: number
  /** What each process that works on the shared memory touches of it. */
  readonly touched?: string
  /** Size of all data that the database has, and how it was written: it cannot touch more buffers. */
  readonly data?: { readonly text: string; readonly bytes: number }
  /** Release of the database, where the files do not say. */
  readonly release?: string
}

/** A scenario made from the configuration of a database, or all that is wrong with it. */
export type Imported =
  | { readonly ok: true; readonly annotated: AnnotatedScenario }
  | { readonly ok: false; readonly flaws: readonly ImportFlaw[] }

/** Something wrong in a configuration. */
export interface ImportFlaw extends LocatedFlaw {
  /** A file could not be read: nothing is wrong with what was. */
  readonly unread?: true
}

/** A scenario of the host that the command line describes, with nothing on it yet. */
export function scenarioOn({ memory, swap }: Pick<Wishes, 'memory' | 'swap'>): AnnotatedScenario {
  const host = { memory, ...(swap === undefined ? {} : { swap }) }
  const annotated = new AnnotatedScenario({ version: 1, host, groups: {} })
  annotated.say(['host', 'memory'], '--memory')
  if (swap !== undefined) annotated.say(['host', 'swap'], '--swap')
  return annotated
}
