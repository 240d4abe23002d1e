import type { AnnotatedScenario } from '../scenario/annotated-scenario.ts'
import type { LocatedFlaw } from '../scenario/yaml/yaml-tree.ts'
import type { Library } from './library.ts'

/** A kind of file that can be imported. */
export type Importer = ConfigurationImporter | StatingImporter

/** How the files of an importer are recognised, and what else it takes. */
interface Recognised {
  /** Names of its files, in small letters. */
  readonly fileName: RegExp
  /** What its files say, whatever their name. */
  readonly content: RegExp
  /** {@link ImportOptions.data} bounds what this database touches. */
  readonly takesDataSize?: true
  /** Its files may be as large as logs are. */
  readonly takesLogs?: true
}

/** A kind of database whose configuration can be imported. */
export interface ConfigurationImporter extends Recognised {
  readonly statesMemory?: never
  /**
   * Makes a scenario of a configuration. Never throws, whatever the files say.
   * @param path the configuration, as the library knows it.
   */
  readonly importFile: (path: string, library: Library, options: ImportOptions) => Imported
}

/** A kind of file that can itself say how much memory the host has. */
export interface StatingImporter extends Recognised {
  readonly statesMemory: true
  /** As of {@link ConfigurationImporter}. */
  readonly importFile: (path: string, library: Library, options: GivenOptions) => Imported
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
  /** Instances alike on the host; absent: one. */
  readonly instances?: number
  /** Release of the database, where the files do not say. */
  readonly release?: string
  /** Which report of a log is read, from 1; absent: the worst. */
  readonly report?: number
}

/** The same where the files may say the memory of the host. */
export interface GivenOptions extends Omit<ImportOptions, 'memory'> {
  /** Memory of the host; absent: what the files say. */
  readonly memory?: string
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
