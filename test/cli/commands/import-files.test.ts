import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

const answerTo = async (
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<{ status: number; stdout: string; stderr: string }> => {
  const { world, stdout, stderr } = fakeWorld({ files })
  const status = await main(['import', ...args, '--memory', '64GB'], world)
  return { status, stdout: stdout(), stderr: stderr() }
}

const conf = { '/t/postgresql.conf': "include '/etc/shadow'\nshared_buffers = 1GB\n" }
const shadow = { '/etc/shadow': 'root:$6$secret:1\n' }

describe('import of a file that includes one of its server', () => {
  it('plans without it and says that it was not read', async () => {
    const { status, stdout } = await answerTo(['/t/postgresql.conf'], { ...conf, ...shadow })
    expect(status).toBe(0)
    expect(stdout).toContain('on the server: /etc/shadow (/t/postgresql.conf:1)')
    expect(stdout).not.toContain('secret')
  })

  it('shows no line of it when it is asked to read it', async () => {
    const args = ['/t/postgresql.conf', '--root', '/']
    const { status, stderr } = await answerTo(args, { ...conf, ...shadow })
    expect(status).toBe(2)
    expect(stderr).toContain('/etc/shadow:1:1: this line of an included file is not a setting')
    expect(stderr).not.toContain('secret')
  })

  it('needs a folder behind --root', async () => {
    const none = await answerTo(['/t/postgresql.conf', '--root', '/none'], conf)
    expect([none.status, none.stderr]).toEqual([3, expect.stringContaining('is not a directory')])
    const empty = await answerTo(['/t/postgresql.conf', '--root', ''], conf)
    expect(empty.status).toBe(2)
  })
})
