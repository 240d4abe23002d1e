import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openTree } from '../../src/cli/machine/node-tree.ts'
import { main } from '../../src/cli/main.ts'
import { fakeWorld } from '../cli/fake-world.ts'

const fixtures = join(import.meta.dirname, '../fixtures/evidence')
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-evidence-'))

afterAll(() => rmSync(folder, { recursive: true }))

async function captured(root: string) {
  const { world, stdout, stderr } = fakeWorld()
  const status = await main(['capture', '--root', root], { ...world, openTree })
  return { status, text: stdout(), stderr: stderr() }
}

describe('an archive', () => {
  it.each(['sosreport-listed', 'pasted-outputs', 'supportconfig', 'insights'])(
    'is captured as the folder that was packed: %s',
    async (situation) => {
      const archive = join(folder, `${situation}.tar.gz`)
      const tree = join(fixtures, situation, 'tree')
      const packed = spawnSync('tar', ['-C', tree, '-czf', archive, '--transform=s,^[.]/,,', '.'])
      expect(packed.status).toBe(0)
      const [one, other] = [await captured(archive), await captured(tree)]
      expect(one.stderr).toBe(other.stderr)
      expect(one.text).toBe(other.text)
      expect(one.status).toBe(0)
    },
  )

  it('of bzip2 must be unpacked first', async () => {
    const archive = join(folder, 'scc_db3.tbz')
    writeFileSync(archive, 'BZh91AY&SY')
    const { status, stderr } = await captured(archive)
    expect(status).toBe(3)
    expect(stderr).toContain('unpack it with tar xf, and name the directory (bzip2)')
  })
})
