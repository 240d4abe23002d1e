// npm run executable: one file for this platform, dist/mshare-plan, which needs no Node beside it: the
// running Node as a single executable application, with the bundles and pages as its assets.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The fuse that Node looks for: doc/api/single-executable-applications.md. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
const postject = 'postject@1.0.0-alpha.6'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundle = join(root, 'dist/bundle')
const target = join(root, 'dist/mshare-plan')
const main = join(root, '.ci/executable-main.cjs')
const work = mkdtempSync(join(tmpdir(), 'mshare-plan-executable-'))
try {
  const pages = readdirSync(join(root, 'docs/findings')).map((name) => `docs/findings/${name}`)
  const names = [...pages, 'docs/result.schema.json']
  const index = join(work, 'index.json')
  writeFileSync(index, JSON.stringify(names))
  const blob = join(work, 'blob')
  const config = join(work, 'config.json')
  const assets = {
    'index.json': index,
    'main.cjs': main,
    ...Object.fromEntries(readdirSync(bundle).map((name) => [name, join(bundle, name)])),
    ...Object.fromEntries(names.map((name) => [name, join(root, name)])),
  }
  const output = { main, output: blob, disableExperimentalSEAWarning: true, assets }
  writeFileSync(config, JSON.stringify(output))
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }
  execFileSync(process.execPath, ['--experimental-sea-config', config], quiet)
  rmSync(target, { force: true })
  copyFileSync(process.execPath, target)
  const words = [target, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse]
  execFileSync('npx', ['--yes', postject, ...words], quiet)
  chmodSync(target, 0o755)
} finally {
  rmSync(work, { recursive: true, force: true })
}
