import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const root: string = join(import.meta.dirname, '../../..')

/** The program as `npm run build` made it. */
export const program: string = join(root, 'bin/mshare-plan.js')

/** A scenario whose page tables fit where it has one process, and do not where it has 100,000. */
export function scenario(processes: number, name = 'a server'): string {
  return JSON.stringify({
    version: 1,
    name,
    host: { memory: '64 GB' },
    regions: { pool: { size: '1 GB' } },
    groups: { clients: { processes, maps: [{ region: 'pool' }] } },
  })
}

/** Runs something in a folder with these files, and takes the folder away. */
export function inFolder<T>(
  files: Readonly<Record<string, string>>,
  run: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-integration-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A program in `bin` of a folder, as a shell script. */
export function addProgram(folder: string, name: string, script: string): void {
  const path = join(folder, 'bin', name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

/** How a program ended in a folder, with the programs in its `bin` before all others. */
export function answerIn(
  folder: string,
  [command = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, ...env },
  })
  return { status, stdout, stderr }
}
