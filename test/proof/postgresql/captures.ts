import type { FolderTree } from '../../../src/capture/files/tree.ts'
import { inputOf } from '../../../src/cli/machine/input-of.ts'
import type { World } from '../../../src/cli/machine/world.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { machine, printed } from '../live/capture/printed.ts'

/** A scenario of these processes as they are now. */
export function capture(pids: readonly number[], world?: World): Promise<string> {
  return printed(['capture', ...pids.flatMap((pid) => ['--pid', String(pid)])], world)
}

/** This machine to somebody who is refused pagemap. */
export function withoutPagemap(): World {
  return changed(machine, (tree) => ({
    ...tree,
    readAt: (path) => ({ ok: false, path, reason: 'denied' }),
  }))
}

/** The same without VmPTE in status, as a report may have been scrubbed. */
export function withoutVmPte(world: World): World {
  return changed(world, (tree) => ({
    ...tree,
    stream: (path, sink) => {
      if (!path.endsWith('/status')) return tree.stream(path, sink)
      const pieces: Uint8Array[] = []
      const refusal = tree.stream(path, {
        take: (piece) => {
          pieces.push(piece.slice())
          return false
        },
        end: () => {},
      })
      const text = Buffer.concat(pieces)
        .toString()
        .replace(/^VmPTE:.*\n/m, '')
      sink.take(new TextEncoder().encode(text))
      sink.end()
      return refusal
    },
  }))
}

function changed(world: World, change: (tree: FolderTree) => FolderTree): World {
  return {
    ...world,
    openTree: (root) => {
      const tree = world.openTree(root)
      return 'ok' in tree || tree.kind !== 'folder' ? tree : change(tree)
    },
  }
}

/** Hands a text to whoever reads standard input. */
export function worldWithInput(text: string): World {
  const content = new TextEncoder().encode(text)
  const openInput: World['openInput'] = (path) =>
    path === '-' ? inputOf(content) : machine.openInput(path)
  return { ...machine, openInput }
}

export function workloadOf(text: string): Workload {
  const reading = readScenario(text, 'proof.yaml')
  if (!reading.ok) throw new Error(`${JSON.stringify(reading.issues)}\n${text}`)
  return reading.workload
}

/** The scenario of an import with --touched, drawn page by page: not in clusters. */
export function inSinglePages(text: string): string {
  return text.replace(/^ *in: 1 MiB\n/gm, '').replace(/^.*[.]touched[.]in: .*\n/gm, '')
}
