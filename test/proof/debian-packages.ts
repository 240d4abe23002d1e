import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Why no package of Debian can be had here, where that is known at once. */
export function whyNoPackages(): string | undefined {
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'there is no apt-get, to fetch packages with'
  }
}

/**
 * Downloads packages and takes them out, without installing them. Returns the folder that stands for
 * the root directory. @throws Error where they cannot be had.
 */
export function unpackPackages(names: readonly string[], home: string): string {
  const [debs, root] = [join(home, 'debs'), join(home, 'root')]
  mkdirSync(debs)
  try {
    download(names, debs)
  } catch {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    download(names, debs)
  }
  for (const file of readdirSync(debs)) execFileSync('dpkg', ['-x', join(debs, file), root])
  return root
}

function download(names: readonly string[], folder: string): void {
  execFileSync('apt-get', ['download', ...names], { cwd: folder, stdio: 'ignore' })
}

/** The environment in which programs of the packages find their libraries. */
export function environmentOf(root: string): NodeJS.ProcessEnv {
  const { LD_LIBRARY_PATH: _, ...env } = process.env
  const found = execFileSync('find', [root, '-name', '*.so.*', '-printf', '%h\n'], {
    encoding: 'utf8',
  })
  return { ...env, LD_LIBRARY_PATH: [...new Set(found.trim().split('\n'))].join(':') }
}
