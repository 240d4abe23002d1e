import type { YamlMap } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, ImportFlaw, ImportOptions } from '../importer.ts'
import { withRemarks } from '../not-read.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import { importSettings } from '../postgresql/import-postgresql.ts'
import { releaseStated } from '../postgresql/release.ts'
import type { Container } from './container.ts'
import { putInto } from './container.ts'

/** A PostgreSQL server of an operator: what its object says. */
export interface OperatedServer {
  readonly path: string
  readonly root: YamlMap
  /** The last for a parameter counts. */
  readonly lines: readonly GucLine[]
  readonly flaws: readonly ImportFlaw[]
  readonly container: Container
  /** As the object states it, and where: `spec.imageName`. */
  readonly release?: { readonly text: string; readonly source: string }
  /** Instances of the cluster, where the object says how many. */
  readonly instances?: number
  readonly remarks: readonly string[]
}

/** The scenario of one instance in its container. */
export function importOperated(server: OperatedServer, options: ImportOptions): Imported {
  const { path, lines, flaws, container, release, instances, remarks } = server
  const imported = importSettings(
    {
      path,
      lines,
      flaws,
      notRead: [],
      release: releaseStated(release?.text, release?.source ?? '', options.release),
      remarks: [...remarks, ...instanceRemarks(instances, options)],
    },
    options,
  )
  if (imported.ok) putInto(imported.annotated, container)
  return withRemarks(imported, containerRemarks(container))
}

/** Operators spread the instances of a cluster over nodes, so that one is on a host. */
function instanceRemarks(
  instances: number | undefined,
  { instances: asked }: ImportOptions,
): readonly string[] {
  if (instances === undefined || instances < 2 || asked !== undefined) return []
  return [
    `The cluster has ${instances} instances. Operators put each on a node of its own, so one is planned; --instances N plans N on this host.`,
  ]
}

function containerRemarks({ limit, isStrict, hugepages }: Container): readonly string[] {
  return [
    ...(limit === undefined
      ? ['The container has no memory limit: only the memory of the node limits it.']
      : []),
    ...(isStrict && hugepages.length === 0
      ? ['Huge pages need hugepages-2Mi in the limits of the container, and a pool on the node.']
      : []),
  ]
}
