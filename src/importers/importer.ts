import type { AnnotatedScenario } from '../scenario/annotated-scenario.ts'
import type { LocatedFlaw } from '../scenario/yaml/yaml-tree.ts'
import type { Library } from './library.ts'

/** A kind of database whose configuration can be imported. */
export interface Importer {
  /**
   * Makes a scenario of a configuration. Never throws, whatever the files say.
   * @param path the configuration, as the library knows it.
   */
  readonly importFile: (path: string, library: Library, options: ImportOptions) => Imported
  /** Names of its configuration files, in small letters. */
  readonly fileName: RegExp
  /** What its configuration files say, whatever their name. */
  readonly content: RegExp
  /** {@link ImportOptions.data} bounds what this database touches. */
  readonly takesDataSize?: true
}

/** What the command line says beyond the files of the database. */
export interface ImportOptions {
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
