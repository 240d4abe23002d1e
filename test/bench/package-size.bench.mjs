import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/* What npx downloads and installs. */
const root = join(import.meta.dirname, '../..')
const words = ['pack', '--dry-run', '--json', '--ignore-scripts']
const { stdout } = spawnSync('npm', words, { cwd: root, encoding: 'utf8' })
const [{ size, unpackedSize, entryCount }] = JSON.parse(stdout)
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const installed = Object.entries(packages).filter(([, { dev }]) => dev !== true)

process.stdout.write(
  [
    'What npx installs',
    `  tarball    ${(size / 1000).toFixed(0)} KB (600 KB allowed), ${entryCount} files, ${(unpackedSize / 1e6).toFixed(1)} MB unpacked`,
    `  packages   ${installed.length} (3 allowed)`,
    '',
  ].join('\n'),
)
