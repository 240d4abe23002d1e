import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

describe('the name of the program alone', () => {
  it('is answered by twelve lines of at most 80 columns on standard output', async () => {
    const { world, stdout, stderr } = fakeWorld()
    expect(await main([], world)).toBe(0)
    const lines = stdout().trimEnd().split('\n')
    expect(lines).toHaveLength(12)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(stderr()).toBe('')
  })

  it('names a command for a running server, for a configuration file and for numbers', async () => {
    const { world, stdout } = fakeWorld()
    await main([], world)
    const commands = [...stdout().matchAll(/^ {2}npx mshare-plan (\w+)/gm)].map(([, name]) => name)
    expect(commands).toEqual(['capture', 'import', 'init'])
  })

  it.each([[['check']], [['plan']], [['--max-risk', 'tight']], [['--format', 'json']]])(
    'is no pass of a pipeline that lost its file: %j',
    async (argv) => {
      const { world, stdout } = fakeWorld()
      expect(await main(argv, world)).toBe(2)
      expect(stdout()).toBe('')
    },
  )
})
