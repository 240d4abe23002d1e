import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTree } from '../../src/cli/machine/node-tree.ts'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { documents } from '../cli/shipped-documents.ts'

/** All that the program is given in one run: the same input brings forth the same outcome. */
export interface Input {
  readonly argv: readonly string[]
  /** By path; an archive that `--root` names is put on the real file system. */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly stdin?: string | Uint8Array
  /** Columns of the terminal; absent: files and pipes. */
  readonly columns?: number
}

export interface Outcome {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  readonly written: Readonly<Record<string, string>>
}

/** Runs the program in this process, on a machine that is in memory. */
export async function outcomeOf(input: Input): Promise<Outcome> {
  const { world, stdout, stderr, written } = fakeWorld({
    files: { ...shipped, ...input.files },
    ...(input.stdin === undefined ? {} : { stdin: input.stdin }),
    ...(input.columns === undefined ? {} : { terminal: { columns: input.columns } }),
  })
  const archive = temporaryFile()
  const status = await main(input.argv, {
    ...world,
    openTree: (root) => {
      const content =
        root !== undefined && Object.hasOwn(input.files, root) ? input.files[root] : undefined
      return content === undefined ? world.openTree(root) : openTree(archive.put(content))
    },
  })
  archive.remove()
  return { status, stdout: stdout(), stderr: stderr(), written: Object.fromEntries(written) }
}

/** Archives are read by path, and messages name it: the path of every run is the same. */
function temporaryFile() {
  const folder = join(tmpdir(), `mshare-plan-fuzz-${process.pid}`)
  let isThere = false
  return {
    put: (content: string | Uint8Array): string => {
      isThere = true
      mkdirSync(folder, { recursive: true })
      const path = join(folder, 'archive')
      writeFileSync(path, content)
      return path
    },
    remove: () => {
      if (isThere) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Encoded once, not for every input. */
const shipped = Object.fromEntries(
  Object.entries(documents).map(([path, text]) => [path, new TextEncoder().encode(text)]),
)

/** An input as a file of the corpus: text where it is text, else bytes in base64. */
export function written(input: Input): string {
  return `${JSON.stringify(input, (_key, value: unknown) => encoded(value), 2)}\n`
}

export function readInput(text: string): Input {
  return JSON.parse(text, (_key, value: unknown) => decoded(value)) as Input
}

function encoded(value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return value
  return new Uint8Array(Buffer.from(String(value.base64), 'base64'))
}
