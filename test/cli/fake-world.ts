import { posix } from 'node:path'
import type {
  Dialogue,
  Environment,
  FileKind,
  Input,
  Listing,
  OutputFile,
  OutputStream,
  Reading,
  Refusal,
  Scratch,
  Watch,
  World,
} from '../../src/cli/machine/world.ts'
import { memoryTree } from '../capture/memory-tree.ts'

/** A machine that is all in memory, and what a program did to it. */
export interface FakeWorld {
  readonly world: World
  readonly stdout: () => string
  readonly stderr: () => string
  /** What was written, by path. */
  readonly written: ReadonlyMap<string, string>
}

export interface FakeMachine {
  /** Text or bytes by path; folders exist where files lie in them. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Paths that stand there but cannot be read: a refusal, or a device. */
  readonly obstructed?: Readonly<Record<string, 'denied' | 'special'>>
  /** Paths that cannot be written. */
  readonly unwritable?: readonly string[]
  /** Written files that fail at the last moment. */
  readonly breaksWhileWriting?: readonly string[]
  readonly stdin?: string | Uint8Array
  readonly env?: Environment
  readonly terminal?: { readonly columns: number }
  readonly brokenStdout?: 'ENOSPC'
  /** The user interrupts the work after that many documents. */
  readonly interruptedAfter?: number
  /** Default: 2026-06-30. */
  readonly today?: string
}

export function fakeWorld(machine: FakeMachine = {}): FakeWorld {
  const files = new Map(
    Object.entries(machine.files ?? {}).map(([path, content]) => [clean(path), bytesOf(content)]),
  )
  const written = new Map<string, string>()
  const out: string[] = []
  const errors: string[] = []
  const world: World = {
    env: machine.env ?? { LANG: 'C.UTF-8' },
    today: () => machine.today ?? '2026-06-30',
    stdout: outlet(out, machine.terminal, machine.brokenStdout),
    stderr: outlet(errors, machine.terminal),
    kindOf: (path) => kindAt(path, files, machine),
    realPath: (path) => posix.resolve('/folder', path),
    // A page takes parts of the program along: here they do nothing.
    readFile: (path, most) =>
      path.startsWith('dist/bundle/')
        ? { ok: true, content: bytesOf(`// ${path}\n`) }
        : read(path, most, files, machine),
    pageOf: (id) => `docs/findings/${id}.md`,
    resultSchema: 'docs/result.schema.json',
    bundleOf: (name) => `dist/bundle/${name}.cjs`,
    openInput: (path) => inputOf(path, files, machine),
    openScratch: scratch,
    watchInterrupts: () => watchOn(machine),
    openDialogue: () => dialogueOn(machine, errors),
    listFolder: (path) => ({ ok: true, names: namesIn(clean(path), files) }),
    listNames: (path) => listed(clean(path), files),
    findFiles: async (pattern) => [...files.keys()].filter((path) => matches(path, pattern)).sort(),
    openTree: (root) => memoryTree(files, root === undefined ? '' : clean(root)),
    whyNotReplace: (path) =>
      machine.unwritable?.includes(path) ? refusal(path, 'denied') : undefined,
    replaceFile: (file) => replace(file, written, machine),
  }
  return { world, stdout: () => out.join(''), stderr: () => errors.join(''), written }
}

function outlet(
  into: string[],
  terminal: FakeMachine['terminal'],
  broken?: FakeMachine['brokenStdout'],
): OutputStream {
  return {
    isTerminal: terminal !== undefined,
    ...terminal,
    write: async (text) => {
      if (broken !== undefined && text !== '') {
        return { ok: false, path: 'standard output', reason: 'failed', detail: broken }
      }
      into.push(text)
      return undefined
    },
  }
}

/** At a terminal each line of standard input is an answer. */
function dialogueOn({ terminal, stdin }: FakeMachine, screen: string[]): Dialogue | undefined {
  if (terminal === undefined) return undefined
  const lines = new TextDecoder()
    .decode(bytesOf(stdin ?? ''))
    .split('\n')
    .slice(0, -1)
  return {
    ask: async (question) => {
      const answer = lines.shift()
      screen.push(`${question}${answer ?? ''}\n`)
      return answer
    },
    close: () => {},
  }
}

type Files = ReadonlyMap<string, Uint8Array>

/** In parts of a few bytes, so that a line is in several. */
function inputOf(path: string, files: Files, machine: FakeMachine): Input | Refusal {
  const whole = Number.MAX_SAFE_INTEGER
  const reading =
    path === '-'
      ? limited(path, bytesOf(machine.stdin ?? ''), whole)
      : read(path, whole, files, machine)
  if (!reading.ok) return reading
  const size = Math.max(100, Math.ceil(reading.content.length / 1000))
  let at = 0
  return {
    ok: true,
    next: async () => {
      const part = reading.content.subarray(at, at + size)
      at += size
      return part.length === 0 ? undefined : part
    },
    close: () => {},
  }
}

function scratch(): Scratch {
  let kept = new Uint8Array()
  return {
    ok: true,
    append: (bytes) => {
      kept = Uint8Array.from([...kept, ...bytes])
      return undefined
    },
    read: (offset, length) => kept.slice(offset, offset + length),
    close: () => {},
  }
}

function watchOn({ interruptedAfter = Number.POSITIVE_INFINITY }: FakeMachine): Watch {
  let turns = 0
  return {
    before: async (awaited) => {
      turns += 1
      return turns > interruptedAfter ? 'interrupted' : awaited
    },
    end: () => {},
  }
}

function kindAt(path: string, files: Files, machine: FakeMachine): FileKind {
  const obstruction = machine.obstructed?.[path]
  if (obstruction === 'special') return 'special'
  if (obstruction === 'denied' || files.has(clean(path))) return 'file'
  const isFolder = [...files.keys()].some((file) =>
    file.startsWith(`${clean(path).replace(/^\/$/, '')}/`),
  )
  return isFolder ? 'folder' : refusal(path, 'missing')
}

function read(path: string, most: number, files: Files, machine: FakeMachine): Reading {
  const obstruction = machine.obstructed?.[path]
  if (obstruction !== undefined) return refusal(path, obstruction)
  const content = files.get(clean(path))
  return content === undefined ? refusal(path, 'missing') : limited(path, content, most)
}

function limited(path: string, content: Uint8Array, most: number): Reading {
  return content.length > most ? refusal(path, 'too-large') : { ok: true, content }
}

/** Names of files and folders; a folder exists where files lie in it. */
function listed(folder: string, files: Files): Listing {
  if (files.has(folder)) return refusal(folder, 'not-a-folder')
  const prefix = folder === '.' ? '' : `${folder}/`
  const below = [...files.keys()].filter((file) => !file.startsWith('/', prefix.length))
  const names = below
    .filter((file) => file.startsWith(prefix))
    .map((file) => file.slice(prefix.length).split('/')[0] ?? '')
  return names.length === 0 ? refusal(folder, 'missing') : { ok: true, names: [...new Set(names)] }
}

function namesIn(folder: string, files: Files): readonly string[] {
  return [...files.keys()]
    .filter((file) => posix.dirname(file) === folder)
    .map((file) => posix.basename(file))
}

/** Stars within one folder: enough for tests. */
function matches(path: string, pattern: string): boolean {
  const parts = clean(pattern).split('*').map(escapeForRegExp)
  return new RegExp(`^${parts.join('[^/]*')}$`).test(path)
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function replace(
  { path, text }: OutputFile,
  written: Map<string, string>,
  machine: FakeMachine,
): Refusal | undefined {
  if (machine.breaksWhileWriting?.includes(path)) {
    return { ...refusal(path, 'failed'), detail: 'ENOSPC' }
  }
  written.set(path, typeof text === 'string' ? text : [...text].join(''))
  return undefined
}

function refusal(path: string, reason: Refusal['reason']): Refusal {
  return { ok: false, path, reason }
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

function clean(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, '$1')
}
