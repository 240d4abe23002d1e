import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

const files = {
  'roomy.yaml': `
version: 1
name: roomy
host: { memory: 256 GiB }
regions: { pool: { size: 10 GiB } }
groups: { clients: { processes: 100, private: 8 MiB, maps: [{ region: pool }] } }
`,
}

async function run(argv: readonly string[]) {
  const { world, stdout, stderr } = fakeWorld({ files })
  const status = await main(argv, world)
  return { status, stdout: stdout(), stderr: stderr() }
}

describe('explain', () => {
  it('shows numbers of one strategy whose path holds a text', async () => {
    const argv = ['explain', 'roomy.yaml', 'onceBytes', '--strategy', 'mshare', '-f', 'json']
    const { status, stdout } = await run(argv)
    expect(status).toBe(0)
    const { schema, scenarios } = JSON.parse(stdout)
    expect(schema).toBe('mshare-plan/explanations/1')
    const paths = scenarios[0].explanations.map(({ path }: { path: string }) => path)
    expect(paths).toEqual(['strategies.mshare.pageTables.onceBytes'])
  })

  it('fails if it shows no number', async () => {
    expect((await run(['explain', 'roomy.yaml', 'nonsense'])).status).toBe(2)
    const { status, stderr } = await run(['explain', 'roomy.yaml', '--strategy', 'mshar'])
    expect(status).toBe(2)
    expect(stderr).toContain('did you mean mshare?')
  })
})
