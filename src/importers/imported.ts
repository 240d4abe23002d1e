import type { AnnotatedScenario } from '../scenario/write-scenario.ts'
import type { LocatedFlaw, Spot } from '../scenario/yaml/yaml-tree.ts'

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
  | {
      readonly ok: true
      readonly scenario: AnnotatedScenario
      /** Path of a value in the scenario → the place that decides it, in a file or on the command line. */
      readonly origins: Readonly<Record<string, Spot>>
    }
  | { readonly ok: false; readonly flaws: readonly ImportFlaw[] }

/** Something wrong in a configuration. */
export interface ImportFlaw extends LocatedFlaw {
  /** A file could not be read: nothing is wrong with what was. */
  readonly unread?: true
}
