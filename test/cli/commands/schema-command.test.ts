import { expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { fakeWorld } from '../fake-world.ts'

it('publishes the schema of results as it ships', async () => {
  const text = '{ "title": "Results" }\n'
  const { world, stdout } = fakeWorld({ files: { 'docs/result.schema.json': text } })
  expect(await main(['schema', '--result'], world)).toBe(0)
  expect(stdout()).toBe(text)
})

it('says that the schema of results cannot be read where the program lacks it', async () => {
  const { world, stdout, stderr } = fakeWorld()
  expect(await main(['schema', '--result'], world)).toBe(3)
  expect(stdout()).toBe('')
  expect(stderr()).toBe(
    'mshare-plan: cannot read docs/result.schema.json: no such file or directory\n',
  )
})

it('publishes the schema of scenarios', async () => {
  const { world, stdout } = fakeWorld()
  expect(await main(['schema'], world)).toBe(0)
  expect(JSON.parse(stdout())).toMatchObject({
    type: 'object',
    properties: { groups: { type: 'object' } },
  })
})
