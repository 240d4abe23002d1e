import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { collectScript } from '../../../src/capture/collect/collect-script.ts'

/** A shell, with the folder that its tools are in where these are its own. */
export interface Shell {
  readonly name: string
  readonly command: readonly string[]
  readonly tools?: string
}

/** What the script did. */
export interface Collected {
  readonly status: number | null
  readonly stdout: Buffer
  readonly stderr: string
  /** Files of the archive by path, without its first folder; links by what they say. */
  readonly files: ReadonlyMap<string, string>
  /** What is in the folder of the archive. */
  readonly left: readonly string[]
  readonly mode: number | undefined
}

/** Mounts of its own need root. */
const apart = process.getuid?.() === 0 ? ['unshare', '-m'] : []

/** A folder with a machine in it, and one for the archive. */
export class Ground {
  readonly home: string = mkdtempSync(join(tmpdir(), 'mshare-plan-collect-'))
  readonly root: string = join(this.home, 'host')
  readonly out: string = join(this.home, 'out')
  readonly archive: string = join(this.out, 'db1.tar.gz')
  readonly #script = join(this.home, 'collect.sh')

  constructor(files: Readonly<Record<string, string | Uint8Array>>) {
    mkdirSync(this.out)
    for (const [path, content] of Object.entries(files)) this.put(path, content)
    this.#choose()
  }

  put(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), content)
  }

  link(path: string, target: string): void {
    symlinkSync(target, join(this.root, path))
  }

  /** A tool that is found before all others. */
  tool(name: string, text: string): string {
    const folder = join(this.home, 'tools')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(folder, name), 0o755)
    return folder
  }

  /**
   * Runs the script of all processes on this machine. `around` is a command of a shell with its own
   * mounts, where `"$@"` is the script.
   */
  collect(
    { command, tools }: Shell,
    words: readonly string[],
    before?: string,
    around?: string,
  ): Collected {
    const outside = around === undefined ? [] : [...apart, 'sh', '-c', around, 'sh']
    const [program = '', ...rest] = [...outside, ...command]
    const path = [before, tools ?? process.env['PATH']].filter((one) => one !== undefined)
    const args = [...rest, this.#script, '--root', this.root, '-o', this.archive, ...words]
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      env: { ...process.env, PATH: path.join(':') },
      cwd: this.home,
      timeout: 120_000,
    })
    if (error !== undefined) throw error
    const left = readdirSync(this.out)
    const isThere = left.includes('db1.tar.gz')
    return {
      status,
      stdout,
      stderr: stderr.toString(),
      files: isThere && status === 0 ? this.#contents() : new Map(),
      left,
      mode: isThere ? lstatSync(this.archive).mode % 0o1000 : undefined,
    }
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true })
  }

  #choose(): void {
    const selection = { pids: [], names: [], users: [], cgroups: [] }
    writeFileSync(this.#script, collectScript({ selection }))
  }

  #contents(): ReadonlyMap<string, string> {
    const folder = mkdtempSync(join(this.home, 'unpacked-'))
    const { status } = spawnSync('tar', ['-xzf', this.archive, '-C', folder])
    if (status !== 0) throw new Error('the archive cannot be unpacked')
    return new Map(below(join(folder, 'collected'), ''))
  }
}

function below(folder: string, before: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    const name = `${before}${entry.name}`
    if (entry.isDirectory()) return below(path, `${name}/`)
    return entry.isFile() ? [[name, readFileSync(path, 'latin1')] as const] : []
  })
}
