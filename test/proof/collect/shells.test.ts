import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { collectsIn } from '../../capture/collect/behaviour.ts'
import { unpackPackages, whyNoPackages } from '../debian-packages.ts'

/*
 * The script in a real dash and a real busybox, taken out of Debian's packages. Under busybox all the
 * tools are its own, as in a container of Alpine.
 */
const home = mkdtempSync(join(tmpdir(), 'mshare-plan-collect-shells-'))
/** Newer releases of Debian have all programs in /usr. */
const placeOf = (name: string): string => {
  const [usual, older] = ['usr/bin', 'bin'].map((folder) => join(home, 'root', folder, name))
  return usual !== undefined && existsSync(usual) ? usual : (older ?? name)
}
const applets = join(home, 'root/applets')

afterAll(() => rmSync(home, { recursive: true, force: true }))

function whyNoShells(): string | undefined {
  const missing = whyNoPackages()
  if (missing !== undefined) return missing
  try {
    unpackPackages(['dash', 'busybox'], home)
    execFileSync('mkdir', [applets])
    execFileSync(placeOf('busybox'), ['--install', '-s', applets])
    return undefined
  } catch (error) {
    return `the packages of the shells cannot be had: ${(error as Error).message}`
  }
}

const missing = whyNoShells()
const why = missing === undefined ? '' : `: ${missing}`

describe.skipIf(missing !== undefined)(`the script of collect in other shells${why}`, () => {
  describe('dash', () => collectsIn({ name: 'dash', command: [placeOf('dash')] }))
  describe('busybox', () =>
    collectsIn({ name: 'busybox', command: [placeOf('busybox'), 'sh'], tools: applets }))
})
