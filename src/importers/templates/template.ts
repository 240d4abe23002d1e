import type { RegionText } from '../../scenario/schema/scenario-text.ts'

export const templateNames = ['oracle', 'postgresql', 'mysql', 'pmem', 'threads', 'blank'] as const
export type TemplateName = (typeof templateNames)[number]

/** A kind of server to begin with. Texts become comments of the scenario. */
export interface Template {
  readonly opening: string
  /** @param shared the size as written. @param clients their number. */
  readonly title: (shared: string, clients: string) => string
  readonly region: {
    readonly name: string
    readonly values: Omit<RegionText, 'size'>
    readonly notes: { readonly [Key in keyof RegionText]?: string }
  }
  readonly group: {
    readonly name: string
    /** Clients are threads of one process; otherwise each is a process. */
    readonly isThreaded: boolean
    readonly notes: {
      readonly processes: string
      readonly threads?: string
      readonly private: string
    }
  }
  /** Keys to consider, as YAML with a comment. */
  readonly offers: { readonly region?: readonly string[]; readonly group?: readonly string[] }
  readonly example: Example
}

/** Numbers of a server of usual size, for those that the user does not give. */
export interface Example {
  readonly memory: string
  /** Shared memory as a part of the memory of the host. */
  readonly share: { readonly of: readonly [parts: number, wholes: number]; readonly text: string }
  readonly clients: number
  /** Private memory of each client, in MB. */
  readonly privateMegabytes: number
}
