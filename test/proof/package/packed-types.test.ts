import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const attw = join(import.meta.dirname, '../node_modules/.bin/attw')

it('the types of the packed library are found by whoever imports it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-package-'))
  try {
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
    execFileSync('npm', pack, { cwd: root })
    const [archive] = readdirSync(folder)
    const checks = ['--profile', 'esm-only', '--no-definitely-typed', `${folder}/${archive}`]
    const { status, stdout } = spawnSync(attw, checks, { encoding: 'utf8' })
    expect(stdout).toMatch(/bundler .*🟢/)
    expect(status, stdout).toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
